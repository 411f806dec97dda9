import { httpInput } from '../match/http-input.js';
import type { InputResolver } from '../match/matcher-tree.js';
import { unsupportedExtension } from '../match/ternary.js';
import { connectionFacts } from './connection-facts.js';
import { headerLookup } from './headers.js';
import { networkInput } from './network-input.js';
import type { Tracing } from './tracing.js';

/** The inputs of a matcher over a request, and over what the connection shows. */
export function httpInputs(trace: Tracing): InputResolver {
  const data = { headers: headerLookup(trace), path: trace.http?.path ?? null };
  const facts = connectionFacts(trace);
  return input =>
    httpInput(data, input) ?? networkInput(trace, facts, input) ?? unsupportedExtension('matcher input', input);
}
