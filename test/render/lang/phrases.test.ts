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

it.each([
  ['hc: the request is no health check', 'hc：这个请求不是健康检查'],
  ['hc: passes health checks through', 'hc：让健康检查通过'],
  [
    'hc answers health checks itself: 200, or 503 where this Envoy fails its health checks',
    'hc 自己回答健康检查：200；这个 Envoy 的健康检查不通过时为 503',
  ],
  [
    'hc answers health checks itself: 200, or 503 where this Envoy fails its health checks or cluster a or b has too few healthy endpoints',
    'hc 自己回答健康检查：200；这个 Envoy 的健康检查不通过，或集群 a 或 b 的健康端点太少时为 503',
  ],
  ['set_filter_state: sets filter state', 'set_filter_state：设置过滤器状态'],
  ['the route is chosen again with this filter state', '按这个过滤器状态重新选择路由'],
  ['the TCP proxy’s cluster is known to the running Envoy only', '只有运行中的 Envoy 知道 TCP 代理的集群'],
  ['the load assignment drops 10% of the requests', '负载分配丢弃 10% 的请求'],
  ['the load assignment drops 10% of the requests (category lb)', '负载分配丢弃 10% 的请求（类别 lb）'],
  [
    'the circuit breaker max_requests of cluster a is 0: it is always open',
    '集群 a 的熔断阈值 max_requests 为 0：总是熔断',
  ],
])('%s', (text, chinese) => {
  expect(phraseZh(text)).toBe(chinese);
});

describe.each(VARIANTS)('nothing of a trace stays English: %s', (_, change) => {
  it.each(SNAPSHOT_REQUESTS.map(item => [item.request.id, item] as const))('%s', async (_id, item) => {
    const result = traceRequest(await proxyOf(item.snapshot, item.proxy), { ...item.request, ...change });
    const parts = textsOf(result).flatMap(text => phraseZh(text).split('；'));
    expect(parts.filter(isEnglish)).toEqual([]);
  });
});
