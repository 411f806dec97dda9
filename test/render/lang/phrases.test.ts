import { describe, expect, it } from 'vitest';
import { phraseZh } from '../../../src/render/lang/phrases.zh.js';
import type { TraceRequest } from '../../../src/trace/request.js';
import type { TraceResult } from '../../../src/trace/result.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { proxyOf } from '../../support/snapshot.js';
import { SNAPSHOT_REQUESTS } from '../../trace/snapshot-requests.js';

const VARIANTS: [what: string, change: TraceRequest][] = [
  ['as it is', {}],
  ['by mutual TLS', { tls: 'mtls' }],
  ['as TCP', { protocol: 'tcp' }],
];

/** What has a Chinese character, or no two words that follow each other, needs no translation. */
function isEnglish(part: string): boolean {
  return !/\p{Script=Han}/u.test(part) && /[a-z]{2,} [a-z]{2,}/.test(part);
}

function textsOf({ steps, assumptions }: TraceResult): string[] {
  const said = steps.flatMap(({ why, details, candidates }) => [why, ...details, ...candidates.map(c => c.reason)]);
  return [...said, ...assumptions];
}

describe.each(VARIANTS)('nothing of a trace stays English: %s', (_, change) => {
  it.each(SNAPSHOT_REQUESTS.map(item => [item.request.id, item] as const))('%s', async (_id, item) => {
    const result = traceRequest(await proxyOf(item.snapshot, item.proxy), { ...item.request, ...change });
    const parts = textsOf(result).flatMap(text => phraseZh(text).split('；'));
    expect(parts.filter(isEnglish)).toEqual([]);
  });
});
