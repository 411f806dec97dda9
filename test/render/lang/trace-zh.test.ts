import { describe, expect, it } from 'vitest';
import { TEXTS } from '../../../src/render/lang/texts.js';
import { plain } from '../../../src/render/paint.js';
import { renderTrace } from '../../../src/render/trace/table.js';
import { columns } from '../../../src/render/wrap.js';
import type { TraceRequest } from '../../../src/trace/request.js';
import type { TraceResult } from '../../../src/trace/result.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { proxyOf, snapshot } from '../../support/snapshot.js';

const view = { width: 80, paint: plain, verbose: false, texts: TEXTS.zh.trace };

async function traceOf(name: string, proxy: string, request: TraceRequest) {
  const { proxies } = await snapshot(name);
  return traceRequest(await proxyOf(name, proxy), request, 1, { proxies });
}

describe('a trace in Chinese', () => {
  it.each<[string, string, string, TraceRequest, RegExp]>([
    [
      'forwarded',
      'bookinfo-1.1',
      'productpage',
      { to: 'reviews:8888' },
      /^转发到 reviews\.default\.svc\.cluster\.local 端口 8888，子集 v1，端点 [\d.:]+；对端 .*本代理身后的应用（端口 \d+）.*。$/,
    ],
    [
      'responded',
      'bookinfo-1.30-missing-subset',
      'productpage',
      { to: 'mytomcat:8888', headers: { 'x-canary': 'yes' } },
      /^Envoy 自己返回 503（NC）：路由指向的集群在这个 Envoy 中不存在。$/,
    ],
    [
      'mixed',
      'bookinfo-1.30-missing-subset',
      'productpage',
      { to: 'mytomcat:8888' },
      /^80%：转发到 .*子集 v1；20%：Envoy 自己返回 503（NC）：.*。$/,
    ],
    [
      'blackholed',
      'bookinfo-1.30',
      'ratings',
      { to: '10.96.30.40:8888', protocol: 'tcp' },
      /^丢弃：网格不认识这个目的地/,
    ],
    ['passthrough', 'bookinfo-1.30', 'productpage', { to: 'tcp://203.0.113.9:9999' }, /^不按网格的规则处理，原样转发/],
    [
      'passthrough at the server',
      'bookinfo-1.30',
      'productpage',
      { to: 'tcp://10.244.1.11:9999', direction: 'inbound' },
      /^本 Pod 没有服务使用这个端口，原样转发/,
    ],
    [
      'ended by the other side',
      'bookinfo-1.30',
      'productpage',
      { to: 'reviews:8888', random: 1 },
      /^请求被转发到对端 reviews-v1.*，由对端结束：Envoy 自己返回 403：授权策略拒绝了请求/,
    ],
  ])('%s', async (_, name, proxy, request, sentence) => {
    const result = await traceOf(name, proxy, request);
    expect(TEXTS.zh.trace.localised(result).sentence).toMatch(sentence);
  });

  it.each<[string, string, TraceRequest]>([
    ['bookinfo-1.30', 'productpage', { to: 'reviews:8888', headers: { 'end-user': 'jason' } }],
    ['bookinfo-1.30', 'productpage', { to: 'ledger.secure:8888' }],
    ['bookinfo-1.30', 'productpage', { to: 'kube-dns.kube-system:53', protocol: 'tcp' }],
    ['bookinfo-1.30', 'istio-ingress', { to: 'https://bookinfo.example.com/productpage' }],
    ['bookinfo-1.30', 'istio-ingress', { to: 'https://bookinfo.example.com/nothing' }],
    ['bookinfo-1.1', 'productpage', { to: 'reviews:8888' }],
    ['bookinfo-1.30-missing-subset', 'productpage', { to: 'mytomcat:8888' }],
    ['bookinfo-1.1-registry-only', 'productpage', { to: 'http://google.com' }],
  ])('gives its reasons in Chinese: %s %s %o', async (name, proxy, request) => {
    const reasonsOf = (result: TraceResult): string[] => [
      ...result.steps.map(({ why }) => why),
      ...(result.peer === undefined ? [] : reasonsOf(result.peer)),
    ];
    const reasons = reasonsOf(TEXTS.zh.trace.localised(await traceOf(name, proxy, request)));
    expect(reasons.filter(reason => !/\p{Script=Han}/u.test(reason))).toEqual([]);
  });

  it('says what a finding is and what to do in Chinese, and keeps the facts', async () => {
    const finding = {
      code: 'missing-subset',
      severity: 'error',
      title: 'A route names a subset that no DestinationRule defines',
      resource: { kind: 'DestinationRule', namespace: 'default', name: 'mytomcat' },
      pointer: null,
      why: 'DestinationRule default/mytomcat has no subset v3',
      remedy: 'Add subset v3 (`kubectl edit destinationrule mytomcat -n default`).',
    } as const;
    const traced = await traceOf('bookinfo-1.30', 'productpage', { to: 'mytomcat:8888' });
    const [told] = TEXTS.zh.trace.localised({ ...traced, findings: [finding] }).findings;
    expect(told?.why).toMatch(/^路由引用了.*：DestinationRule default\/mytomcat。依据：.* has no subset v3$/);
    expect(told?.remedy).toMatch(/^看代理有哪些子集。.* \(`kubectl edit destinationrule mytomcat -n default`\)$/);
  });

  it('keeps what is Envoy’s own in English, and says so', async () => {
    const page = renderTrace(
      await traceOf('bookinfo-1.30-missing-subset', 'productpage', {
        to: 'mytomcat:8888',
        headers: { 'x-canary': 'yes' },
      }),
      view,
    );
    expect(page).toMatch(/ 1 ✓ 流量劫持 {10}virtualOutbound\n/);
    expect(page).toContain('由 Envoy 应答  Envoy 自己返回 503（NC）');
    expect(page).toContain('访问日志中：503 NC cluster_not_found。');
    expect(page).toContain('保留英文');
    expect(page.split('\n').filter(line => columns(line) > 80)).toEqual([]);
  });
});
