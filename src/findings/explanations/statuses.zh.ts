import type { Status } from '../http-statuses.js';
import type { Text } from './text.js';

const READ_THE_LOG = ['看日志行中的标志和详情，并解释它们：它们说明是哪一种情况。', 'proxyLog'] as const;
const WHOSE = '详情为 `via_upstream`：是服务端一侧的应答。其他：是某个 Envoy 作出的，详情说明原因。';

/** Chinese texts of HTTP status codes, seen from Envoy. */
export const STATUS_TEXTS_ZH: Record<Status, Text> = {
  '0': {
    means: '没有发出应答：交互在开始应答之前就结束了。TCP 连接总是显示 0。',
    from: '多半是客户端离开了（DC、DR）。若为 NR 或 DPE，则是本 Envoy 关闭了连接。',
    causes: ['客户端的超时比应答所需时间短。', '没有匹配的过滤器链，或收到的字节不是 HTTP。'],
    next: [READ_THE_LOG, ['看耗时：若每次都是同一个数，就是某处的超时。', 'proxyLog']],
  },
  '200': {
    means:
      '请求得到了应答。对 gRPC 来说这说明不了什么：错误以 200 加 `grpc-status` 返回（14 不可用，7 被拒绝，4 超时）。',
    from: WHOSE,
    causes: ['gRPC：Envoy 自己的错误也是 200，代码在 `grpc-status` 中，标志和详情不变。'],
    next: [READ_THE_LOG],
  },
  '301': {
    means: '客户端被引导到另一个地址。',
    from: WHOSE,
    causes: [
      'Gateway 设置了 `tls.httpsRedirect`：明文 HTTP 被引导到 https。',
      'VirtualService 设置了 `redirect`。',
      '应用自己重定向（详情 `via_upstream`）。',
    ],
    next: [READ_THE_LOG, ['跟踪该请求：它会给出重定向所在的对象，并发现循环。', 'trace']],
  },
  '400': {
    means: '请求格式错误，或某个 Envoy 这样认为。',
    from: WHOSE,
    causes: [
      '向明文 HTTP 端口发送了 TLS 或其他协议（DPE）。',
      '没有 Host 头，路径无法规范化，或 `x-envoy-…` 头有误（IH）。',
      '应用拒绝了请求（详情 `via_upstream`）。',
    ],
    next: [READ_THE_LOG],
  },
  '401': {
    means: '请求没有有效的令牌或登录。',
    from: WHOSE,
    causes: [
      'RequestAuthentication 拒绝了令牌（详情 `jwt_authn_access_denied`）。',
      '应用要求登录（`via_upstream`）。',
    ],
    next: [READ_THE_LOG, ['查找 RequestAuthentication。', 'requestAuthentications']],
  },
  '403': {
    means: '请求被理解，但不被允许。消息体为 `RBAC: access denied` 时，来自 AuthorizationPolicy。',
    from: WHOSE,
    causes: [
      'AuthorizationPolicy（详情 `rbac_access_denied_matched_policy`，没有标志）。',
      '外部授权（标志 UAEX）。',
      '令牌的受众不符；不允许的协议升级。',
      '应用（详情 `via_upstream`）。',
    ],
    next: [READ_THE_LOG, ['跟踪两端：它会给出策略以及不符之处。', 'traceBothEnds']],
  },
  '404': {
    means: '该主机和路径没有内容。有标志 NR 时是 Envoy 没有找到路由；没有时是应用的回答。',
    from: WHOSE,
    causes: [
      '没有该主机的虚拟主机，或没有该路径的路由（NR `route_not_found`）。',
      '网关上没有该主机的 VirtualService。',
      '路径被重写成应用不认识的路径（详情 `via_upstream`）。',
    ],
    next: [READ_THE_LOG, ['跟踪该请求：它会给出是哪一跳，以及服务端收到的路径。', 'trace']],
  },
  '408': {
    means: '客户端没有及时发完整个请求。',
    from: WHOSE,
    causes: ['上传缓慢或中断。', '流没有数据了（SI）。'],
    next: [READ_THE_LOG],
  },
  '413': {
    means: '消息体太大。',
    from: WHOSE,
    causes: ['Envoy 的某个过滤器需要缓存整个消息体，达到了上限。', '应用自己的上限（`via_upstream`）。'],
    next: [READ_THE_LOG, ['查找需要缓存消息体的 EnvoyFilter 或 WasmPlugin。', 'envoyFilters']],
  },
  '426': {
    means: '客户端使用 HTTP/1.0，而这里的 Envoy 不接受。',
    from: WHOSE,
    causes: ['用 HTTP/1.0 与后端通信的 nginx 或负载均衡器，或旧客户端。'],
    next: [['看是谁发的。', 'proxyLog'], ['让客户端使用 HTTP/1.1（nginx：`proxy_http_version 1.1`）。']],
  },
  '429': {
    means: '短时间内请求过多。',
    from: WHOSE,
    causes: ['限流过滤器（标志 RL）。', '应用自己的限流（`via_upstream`）。'],
    next: [READ_THE_LOG, ['查找设置限流的 EnvoyFilter。', 'envoyFilters']],
  },
  '431': {
    means: '请求头太大或太多。',
    from: WHOSE,
    causes: ['Cookie 或令牌变得太大。', '存在循环，一再添加请求头。'],
    next: [READ_THE_LOG],
  },
  '500': {
    means: '内部错误：多半是应用自己的。',
    from: WHOSE,
    causes: [
      '应用失败（详情 `via_upstream`）。',
      '过滤器没有配置（标志 NFCF），例如尚未到达的 WasmPlugin。',
      '故障注入规则（标志 FI），或过滤器要询问的服务不可达（`ext_proc_error`、RLSE）。',
    ],
    next: [READ_THE_LOG, ['看应用。', 'appLog']],
  },
  '502': {
    means: '服务端的应答不是合法的 HTTP，或这个网格不允许该主机。',
    from: WHOSE,
    causes: [
      '服务端的应答违反 HTTP 规则（标志 UPE），常是重复的 `transfer-encoding`。',
      'REGISTRY_ONLY：主机未知，由虚拟主机 `block_all` 回答 502（详情 `direct_response`）。',
      '后面的某个代理（详情 `via_upstream`）。',
    ],
    next: [READ_THE_LOG, ['跟踪该请求：它说明网格是否认识该主机。', 'trace']],
  },
  '503': {
    means: '没有服务端可问，或者它中途断开。旁边的标志区分这些情况。',
    from: WHOSE,
    causes: [
      'UF：连不上。UC、UR：中途断开。UH：没有端点。',
      'NC：路由指向不存在的集群。UO：熔断器已满。URX：所有尝试都失败。',
      '没有标志且为 `via_upstream`：应用，或它前面的 Envoy，回答了 503。',
    ],
    next: [
      READ_THE_LOG,
      ['跟踪该请求。', 'trace'],
      ['检查该代理的全部配置中是否有已知问题。', 'check'],
      ['若为 `via_upstream`：看服务端的 Envoy，它的日志行更接近根因。', 'serverProxyLog'],
    ],
  },
  '504': {
    means: '服务端没有及时应答。',
    from: WHOSE,
    causes: [
      '路由的超时到期（标志 UT）。',
      '最长时间（UMSDR）或空闲时间（SI）到期。',
      '后面的某个代理（`via_upstream`）。',
    ],
    next: [READ_THE_LOG, ['查看路由的超时，以及由哪个对象设置。', 'trace'], ['看应用当时在做什么。', 'appLog']],
  },
};
