import { clusterParts } from '../../model/services.js';
import { TAKEN_AS_PASSING } from '../../trace/hops/http-filters.js';
import { percent } from '../../trace/percent.js';
import type { Reason } from '../../trace/reasons.js';
import type { Outcome, TraceResult, Verdict, WeightedCluster } from '../../trace/result.js';
import { whatIfChanges } from '../../trace/what-if.js';

/** Why a request does not simply go on. */
const REASONS: Record<Reason, string> = {
  blackhole: '网格不认识这个目的地，按规则丢弃',
  no_virtual_host: '路由表中没有适合这个主机名的虚拟主机',
  no_route: '虚拟主机中没有匹配的路由',
  no_cluster: '路由指向的集群在这个 Envoy 中不存在',
  no_healthy_upstream: '集群没有可用的端点',
  tls_required: '虚拟主机只接受 HTTPS，重定向到 HTTPS',
  redirect: '路由返回重定向',
  direct_response: '路由直接返回应答',
  rbac_denied: '授权策略拒绝了请求',
  jwt_denied: '请求没有满足要求的 JWT',
  fault_abort: '故障注入中止了请求',
  cors_preflight: 'CORS 预检由 Envoy 回答',
  upgrade_denied: '不允许协议升级',
  bad_request: '请求本身不合规',
  missing_filter_config: '过滤器缺少配置',
  overflow: '集群的熔断上限为 0，请求总被拒绝',
  overload_dropped: '端点配置按比例丢弃请求（drop_overloads）',
  no_listener: '没有监听器接收这个连接',
  no_filter_chain: '监听器中没有适合这个连接的过滤器链',
  no_filters: '过滤器链是空的',
  tls_error: 'TLS 握手失败',
  mtls_error: '双向 TLS 的证书不被接受',
  protocol_error: '连接的协议与过滤器链要求的不同',
  loop: '请求会绕回自己',
  missing_evidence: '缺少判定所需的信息',
};

/** What an end looks like from one side. */
type End = Pick<Verdict, 'responseCode' | 'responseFlag' | 'reason'> & {
  readonly outcome: Outcome;
  readonly cluster: string | null;
};

/** The verdict in one Chinese sentence, made of what the result says in its fields. */
export function sentenceZh(result: TraceResult): string {
  const tried = whatIfChanges(result).length === 0 ? '' : '假设做了这一改动（并未真正应用）：';
  return `${tried}${verdict(result)}${condition(result)}。`;
}

function verdict(result: TraceResult): string {
  const { peer, endedBy, proxy } = result;
  if (result.weightedClusters.length > 1 && result.cluster === null)
    return result.weightedClusters.map(branch => `${percent(branch.share)}：${endOf(asEnd(branch))}`).join('；');
  const goesOn = result.outcome === 'forwarded' || result.outcome === 'passthrough';
  if (peer !== undefined && endedBy === 'server' && !goesOn)
    return `请求被转发到对端 ${peer.proxy ?? ''}，由对端结束：${endOf(result)}`;
  const where = peer?.proxy === undefined || peer.proxy === proxy ? '' : `；对端 ${peer.proxy}：${endOf(peer)}`;
  return `${endOf(result)}${endpoints(result)}${where}`;
}

function asEnd({
  name,
  outcome = 'undetermined',
  reason = null,
  responseCode = null,
  responseFlag = null,
}: WeightedCluster): End {
  return { outcome, reason, responseCode, responseFlag, cluster: name };
}

function endOf({ outcome, reason, responseCode, responseFlag, cluster }: End): string {
  const why = reason !== null && Object.hasOwn(REASONS, reason) ? REASONS[reason as Reason] : (reason ?? '');
  switch (outcome) {
    case 'forwarded':
      return `转发到${destination(cluster)}`;
    case 'passthrough':
      return cluster?.startsWith('Inbound') ? '本 Pod 没有服务使用这个端口，原样转发' : '不按网格的规则处理，原样转发';
    case 'blackholed':
      return `丢弃：${why}`;
    case 'responded':
      return `Envoy 自己返回 ${responseCode ?? '应答'}${responseFlag === null ? '' : `（${responseFlag}）`}：${why}`;
    case 'closed':
      return `连接被关闭${responseFlag === null ? '' : `（${responseFlag}）`}：${why}`;
    default:
      return '仅凭现有信息无法判定';
  }
}

function destination(cluster: string | null): string {
  const parts = cluster === null ? null : clusterParts(cluster);
  if (parts === null) return cluster === null ? '上游' : `集群 ${cluster}`;
  if (parts.direction === 'inbound') return `本代理身后的应用（端口 ${parts.port}）`;
  return ` ${parts.host} 端口 ${parts.port}${parts.subset === '' ? '' : `，子集 ${parts.subset}`}`;
}

const FEW = 3;

function endpoints({ outcome, endpoints: all }: TraceResult): string {
  const used = all.filter(({ share }) => share > 0).map(({ address }) => address);
  if (outcome !== 'forwarded' || used.length === 0) return '';
  return `，端点 ${used.slice(0, FEW).join('、')}${used.length > FEW ? ` 等 ${used.length} 个` : ''}`;
}

/** Extensions that decide at run time: the verdict holds if they let the request pass. */
function condition({ outcome, steps }: TraceResult): string {
  const conditions = steps
    .filter(({ hop, why }) => hop === 'http-filters' && why.startsWith(TAKEN_AS_PASSING))
    .map(({ why }) => why.slice(TAKEN_AS_PASSING.length));
  return conditions.length === 0 || outcome === 'undetermined'
    ? ''
    : `（前提：${[...new Set(conditions)].join('；')}）`;
}
