import { nearest } from '../findings/explanations/near.js';
import type { TraceRequest } from '../trace/request.js';
import { unknownFields } from '../trace/written-request.js';
import { labelOf } from './requests.js';

/** The fields of a request that nothing reads, each with the one that may have been meant: `pth (path?)`. */
export function unknownIn(request: object): string[] {
  return unknownFields(request).map(({ prefix, name, known }) => {
    const [near] = nearest(name, known);
    return `${prefix}${name} (${near === undefined ? `known: ${known.join(', ')}` : `${near}?`})`;
  });
}

/** What to tell of requests with fields that nothing reads: one line for all requests that have the same ones. */
export function unknownFieldWarnings(requests: readonly TraceRequest[]): string[] {
  const idsByFields = new Map<string, string[]>();
  for (const [index, request] of requests.entries()) {
    const fields = unknownIn(request);
    if (fields.length === 0) continue;
    const told = `unknown field${fields.length === 1 ? '' : 's'} ${fields.join(', ')}`;
    const ids = idsByFields.get(told) ?? [];
    ids.push(labelOf(request.id, index + 1));
    idsByFields.set(told, ids);
  }
  return [...idsByFields].map(([told, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `request ${first}${more}: ${told}, left out`;
  });
}
