import type { DetailGroup } from '../response-details.js';
import type { GroupText } from './text.js';

/** Chinese texts that the details of one group share. */
export const GROUP_TEXTS_ZH: Record<DetailGroup, GroupText> = {
  answer: {
    from: '服务端一侧：Envoy 只是转发。',
    causes: ['应用，或更靠近应用的代理，作出了这个应答。'],
    next: [
      ['看服务端的 Envoy：若它的日志行有别的详情，应答就是它作出的。', 'serverProxyLog'],
      ['看应用。', 'appLog'],
    ],
  },
  routing: {
    from: '本 Envoy 的路由过滤器：只依据自己的配置，什么都没有发出去。',
    causes: ['本 Envoy 拥有的路由、集群或端点与请求不匹配。'],
    next: [
      ['跟踪该请求：它会给出是哪一跳、哪个对象，以及最接近的是什么。', 'trace'],
      ['列出本 Envoy 实际拥有的路由。', 'routes'],
      ['看 istiod 的配置与 Envoy 运行的是否一致。', 'diff'],
    ],
  },
  overload: {
    from: '本 Envoy，为保护自己或服务端。',
    causes: ['负载超过限制，或限制太小。'],
    next: [
      ['看代理的用量。', 'top'],
      ['看缺少哪种资源。', 'overload'],
      ['查找设置限制的 EnvoyFilter 或 DestinationRule。', 'envoyFilters'],
    ],
  },
  reset: {
    from: '本 Envoy 与它选定的服务端之间。',
    causes: ['服务端连不上、中途断开，或发来 Envoy 无法接受的内容。'],
    next: [
      ['看括号中的词：第一个是发生了什么，其余是为什么。', 'proxyLog'],
      ['看服务端 Envoy 对同一请求的日志。', 'serverProxyLog'],
      ['跟踪两端：双方的端口、TLS 和策略。', 'traceBothEnds'],
      ['看服务端 Pod 是否重启过。', 'describePod'],
    ],
  },
  timeout: {
    from: 'Envoy 所等待的那一方；时限设在本 Envoy。',
    causes: ['对方太慢，或时限对这个调用太短。'],
    next: [
      ['查看路由的超时，以及由哪个对象设置。', 'trace'],
      ['把日志中的耗时与时限比较。', 'proxyLog'],
      ['看应用当时在做什么。', 'appLog'],
    ],
  },
  client: {
    from: '客户端，或本 Envoy 前面的代理或负载均衡器。',
    causes: ['调用方的超时比应答所需时间短。', '调用方取消或结束了。'],
    next: [
      ['看各日志行的耗时：若每次都是同一个数，就是某处的超时。', 'proxyLog'],
      ['看服务端为什么花了这么久。', 'appLog'],
    ],
  },
  'bad-request': {
    from: '客户端；本 Envoy 在任何过滤器或路由之前就拒绝了请求。',
    causes: ['客户端或前面的代理发送了违反规则、或这里不允许的请求。'],
    next: [
      ['看确切的请求：方法、路径、主机、user agent。', 'proxyLog'],
      ['跟踪它：network-filters 这一跳说明 Envoy 检查什么。', 'trace'],
    ],
  },
  codec: {
    from: '本 Envoy 的 HTTP 读取部分（codec）。请求没有被读懂，所以没有选择路由。',
    causes: [
      '端口上的协议与其名称或 `appProtocol` 不符（向明文端口发 TLS，向 HTTP 端口发 TCP）。',
      '客户端或前面的代理发送的 HTTP 不规范。',
    ],
    next: [
      ['看是谁发的：日志行中的客户端地址。', 'proxyLog'],
      ['检查端口的 `name` 和 `appProtocol`。', 'service'],
      ['看本 Envoy 在该端口上期望哪种协议。', 'listeners'],
    ],
  },
  size: {
    from: '本 Envoy：某个需要缓存整个消息体的过滤器达到了上限。',
    causes: ['消息体大于连接或过滤器的缓冲上限。'],
    next: [
      ['查找需要缓存消息体的 EnvoyFilter 或 WasmPlugin。', 'envoyFilters'],
      ['查看上限：`perConnectionBufferLimitBytes`。', 'listeners'],
    ],
  },
  filter: {
    from: '本 Envoy 的某个过滤器：是扩展，而不是路由，也不是服务端。',
    causes: ['由选中这个 Pod 的 EnvoyFilter 或 WasmPlugin 造成。'],
    next: [
      ['查找 EnvoyFilter。', 'envoyFilters'],
      ['查找 WasmPlugin。', 'wasmPlugins'],
      ['看过滤器自己的日志。', 'proxyLog'],
    ],
  },
  security: {
    from: '本 Envoy 的安全过滤器。没有询问应用。',
    causes: ['选中这个 Pod 的某条策略不放行该请求。'],
    next: [
      ['跟踪该请求：它会给出策略和规则。', 'trace'],
      ['列出这个 Pod 的 Envoy 拥有的策略。', 'authz'],
      ['查找 AuthorizationPolicy。', 'authorizationPolicies'],
    ],
  },
  rate: {
    from: '本 Envoy 的限流过滤器。没有询问应用。',
    causes: ['客户端发送过多，或限流统计的范围比预期大。'],
    next: [
      ['查找设置限流的 EnvoyFilter。', 'envoyFilters'],
      ['看统计了什么：PATTERN 用 `rate_limit`。', 'stats'],
    ],
  },
  health: {
    from: '本 Envoy 的健康检查过滤器，对探测的回答。',
    causes: ['某个 EnvoyFilter 加入了该过滤器；Istio 自身并不使用它。'],
    next: [
      ['看 Pod 是否就绪。', 'pods'],
      ['查找该 EnvoyFilter。', 'envoyFilters'],
    ],
  },
  dns: {
    from: '本 Envoy 的动态转发代理：它自己解析请求的主机。',
    causes: ['名称不存在，DNS 慢或不可达，或等待的解析太多。'],
    next: [
      ['在 Pod 中解析该名称。', 'lookup'],
      ['看 Envoy 的 DNS 缓存：PATTERN 用 `dns_cache`。', 'stats'],
    ],
  },
  grpc: {
    from: '本 Envoy 中在 gRPC 与其他形式之间转换的过滤器。',
    causes: ['消息体与过滤器预期的不同。'],
    next: [['查找加入该转换的 EnvoyFilter。', 'envoyFilters'], ['在客户端看请求的内容类型和消息体。']],
  },
  tcp: {
    from: '本 Envoy 关闭了连接。',
    causes: ['达到了连接的某个限制，或其配置已被移除。'],
    next: [
      ['看各日志行的耗时：若每次都是同一个数，就是某个限制。', 'proxyLog'],
      ['查看监听器中各过滤器的超时。', 'listeners'],
      ['查找带 `connectionPool.tcp` 的 DestinationRule。', 'destinationRules'],
    ],
  },
};
