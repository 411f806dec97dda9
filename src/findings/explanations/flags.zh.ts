import type { Flag } from '../response-flags.js';
import type { Text } from './text.js';

/** Chinese texts of Envoy's response flags. */
export const FLAG_TEXTS_ZH: Record<Flag, Text> = {
  LH: {
    means: '健康探测询问了这个 Envoy，它回答自己不健康。说的是本 Pod，而不是后面的服务端。',
    from: '本 Envoy 的健康检查过滤器。',
    causes: [
      'Pod 正在关闭，或者有人在管理端口上调用了 `/healthcheck/fail`。',
      '某个 EnvoyFilter 加入了健康检查过滤器；Istio 自身并不使用它。',
    ],
    next: [
      ['看 Pod 是否正在结束或未就绪。', 'pods'],
      ['查找加入健康检查的 EnvoyFilter。', 'envoyFilters'],
    ],
  },
  UH: {
    means: 'Envoy 认识这个服务，但没有一个可用的服务端地址。它自己回答 503，没有把请求发出去。',
    from: '本 Envoy，在为集群（cluster，Envoy 对服务或其子集的称呼）挑选端点（endpoint，一个 Pod 的地址）时。',
    causes: [
      '服务没有就绪的 Pod，或 Service 的选择器没有选中任何 Pod：集群没有端点。',
      '所有端点都被异常检测（outlier detection，把持续失败的 Pod 暂时移出）移出，或健康检查失败。',
      'DestinationRule 的子集要求的标签，没有 Pod 带有。',
      '连接进入了 BlackHoleCluster：网格只允许已知主机（REGISTRY_ONLY），而没有 ServiceEntry 声明这个主机。',
    ],
    next: [
      ['跟踪该请求：endpoints 这一跳会列出每个地址以及不可用的原因。', 'trace'],
      ['查看本 Envoy 拥有的端点及其健康状态。', 'endpoints'],
      ['与 Kubernetes 中该 Service 的端点对比。', 'slices'],
      ['看 Pod 是否在运行并且就绪。', 'pods'],
      ['若为 BlackHoleCluster：看是否有 ServiceEntry 声明该主机。', 'serviceEntries'],
    ],
  },
  UT: {
    means: '服务端没有在路由允许的时间内应答。Envoy 放弃等待并自己回答 504；服务端可能还在处理。',
    from: '服务端一侧：已经连上，但太慢。时限设在本 Envoy 的路由上。',
    causes: [
      '应用缓慢或卡住：数据库、其他服务、线程池耗尽。',
      'VirtualService 的 `timeout` 或 `retries.perTryTimeout` 对这个调用太短。',
      '多次重试共用一个 `timeout`，它在最后一次之前就到期了。',
      '服务端一侧有故障注入规则在延迟请求。',
    ],
    next: [
      ['查看路由的超时与重试策略，以及由哪个对象设置。', 'trace'],
      ['把访问日志中的耗时与该超时比较。相等说明服务端被提前切断。', 'proxyLog'],
      ['看应用当时在做什么。', 'appLog'],
    ],
  },
  LR: {
    means: '本 Envoy 主动中断了一个已经开始发往服务端的请求。',
    from: '本 Envoy，在它与服务端的连接上。',
    causes: [
      '请求进行中，端点或其集群被删除或替换。',
      '本 Envoy 的某个限制或过滤器终止了交互。',
      '服务端在应答之前就关闭了 HTTP/1.1 连接的一半。',
    ],
    next: [
      ['看日志行中的详情字段：括号里的词就是原因。', 'proxyLog'],
      ['看那个时刻配置是否有变更。', 'istiodLog'],
      ['若再次出现，打开一分钟调试日志，之后把级别改回 warning。', 'debugLog'],
    ],
  },
  UR: {
    means: '服务端一侧取消了这一个请求：它发来的是重置而不是应答。连接本身可能仍然存在。',
    from: '服务端，或者它前面的 Envoy。',
    causes: [
      '应用取消了调用：异常、限制或 gRPC 截止时间。',
      '服务端正在关闭，或达到 HTTP/2 并发上限；此时详情为 `remote_refused_stream_reset`，可以安全重试。',
      '服务端自己的 Envoy 连不上它的应用，把中断传了回来。',
    ],
    next: [
      ['看服务端 Envoy 对同一请求的日志：它的标志更接近根因。', 'serverProxyLog'],
      ['看应用当时的日志。', 'appLog'],
    ],
  },
  UF: {
    means: 'Envoy 选定了一个服务端，但连不上。请求根本没有到达应用。',
    from: '本 Envoy 与服务端之间：TCP 连接或 TLS 握手失败。',
    causes: [
      '那里没有进程监听：`targetPort` 写错，或应用未启动，或只监听 127.0.0.1（详情以 `delayed_connect_error:_111` 结尾，即连接被拒绝）。',
      'TLS 不匹配：一方用 TLS 另一方不用，或证书过期、不受信任、名称不符（详情含 `TLS_error`）。',
      'NetworkPolicy、防火墙或节点故障丢弃了报文（详情为 `connection_timeout`）。',
      'Pod 刚刚消失，而 Envoy 还持有旧地址。',
    ],
    next: [
      ['看详情字段和旁边的失败原因，并粘贴到 `mesh-trace explain`。', 'proxyLog'],
      ['看本 Envoy 对哪个端点用哪种 TLS，以及服务端接受什么。', 'traceBothEnds'],
      ['确认日志中的地址是一个运行并就绪的 Pod。', 'endpoints'],
      ['把 Service 的 `targetPort` 与应用实际监听的端口对比。', 'service'],
      ['若含 `TLS_error`：看本 Envoy 的证书及其到期时间。', 'secrets'],
      ['若为 `connection_timeout`：看是否有 NetworkPolicy 拦截报文。', 'networkPolicies'],
    ],
  },
  UC: {
    means: '在 Envoy 等待应答时，服务端关闭了连接。',
    from: '服务端，或者它前面的 Envoy。',
    causes: [
      '应用关闭空闲连接比 Envoy 早，恰好在连接被再次使用时关闭。若一天只有几次且立即失败，就是它。',
      '应用崩溃、因内存被杀或正在关闭。',
      '服务端只接受双向 TLS 而本 Envoy 发送明文，或服务端拒绝客户端证书：此时每个请求都失败。',
      '服务端上的 AuthorizationPolicy 关闭了 TCP 连接。',
    ],
    next: [
      ['看服务端 Pod 是否重启过，以及原因。', 'describePod'],
      ['若重启过：看它最后的日志。', 'previousLog'],
      [
        '看服务端的 Envoy：若那里有 `NR filter_chain_not_found` 或 `rbac_access_denied`，它就说明了原因。',
        'serverProxyLog',
      ],
      ['跟踪两端：比较客户端发送的 TLS 与服务端接受的 TLS。', 'traceBothEnds'],
      [
        '若是空闲时间问题：在 DestinationRule 中把 `idleTimeout` 设得比服务端的 keep-alive 时间短。',
        'destinationRules',
      ],
    ],
  },
  UO: {
    means: '熔断器已满：同一时刻到该服务的连接、排队请求、进行中的请求或重试过多。为保护服务端，Envoy 拒绝了这个请求。',
    from: '本 Envoy 的集群。每个 Envoy 各自计数。',
    causes: [
      '服务端变慢，请求堆积。',
      'DestinationRule 中的限制太小（`maxConnections`、`http1MaxPendingRequests`、`http2MaxRequests`、`maxRetries`）。',
      '服务端失败时，重试成倍增加了负载。',
    ],
    next: [
      ['查看限制：`circuitBreakers.thresholds`。', 'clusterSettings'],
      ['看碰到的是哪一个：PATTERN 用 `overflow`，它按种类计数。', 'stats'],
      ['查找设置它们的 DestinationRule。', 'destinationRules'],
      ['看服务端为什么慢。', 'appLog'],
    ],
  },
  NR: {
    means: 'Envoy 的配置中没有匹配项。对 HTTP 请求是没有路由，Envoy 回答 404；对连接是没有过滤器链，Envoy 关闭连接。',
    from: '本 Envoy：HTTP 在虚拟主机或路由处，其余在过滤器链（filter chain，监听器中接收某类连接的部分）处。',
    causes: [
      'VirtualService 没有匹配该路径、方法或请求头的路由，也没有兜底路由。',
      'Host 头在这里未知：VirtualService 的主机不在 Gateway 的主机之中，或 VirtualService 没有绑定这个网关。',
      '服务端为 STRICT（只接受双向 TLS），却收到明文：没有过滤器链接收。',
      '网关收到的 TLS 服务器名（SNI）不在其 Gateway 的任何 server 中，或没有 SNI。',
      '在 1.18 之前的 Envoy 中还包括：路由指向不存在的集群。新版本记录 NC。',
    ],
    next: [
      ['跟踪该请求：它会指出哪一跳没有匹配，以及最接近的是什么。', 'trace'],
      ['列出本 Envoy 实际拥有的路由。', 'routes'],
      ['查看 VirtualService 及其主机和网关。', 'virtualServices'],
      ['若连接被关闭：看服务端要求的模式。', 'peerAuthentications'],
    ],
  },
  DI: {
    means: '故障注入规则有意延迟了这个请求，然后才放行。该标志只表示延迟，本身不是错误。',
    from: '本 Envoy 的故障过滤器。',
    causes: ['某个 VirtualService 在这条路由上有 `fault.delay`，常是测试遗留。'],
    next: [
      ['跟踪该请求：它会给出规则、延迟和百分比。', 'trace'],
      ['查找带有 `fault` 的 VirtualService。', 'virtualServices'],
    ],
  },
  FI: {
    means: '故障注入规则有意终止了这个请求，返回码由规则决定。没有询问服务端。',
    from: '本 Envoy 的故障过滤器。',
    causes: ['某个 VirtualService 在这条路由上有 `fault.abort`，常是测试遗留。'],
    next: [
      ['跟踪该请求：它会给出规则、返回码和百分比。', 'trace'],
      ['查找带有 `fault` 的 VirtualService；测试若已结束，删除该规则。', 'virtualServices'],
    ],
  },
  RL: {
    means: '限流拒绝了请求：短时间内请求过多。没有询问服务端。',
    from: '本 Envoy 的本地限流过滤器（独自计数）或全局限流过滤器（询问限流服务）。',
    causes: [
      '客户端确实发送过多，或不间断地重试。',
      '限流统计的范围比预期大，例如把所有客户端算在一起。',
      '限流是本地的，而 Pod 数量减少，每个 Pod 分到更多。',
    ],
    next: [
      ['查找设置限流的 EnvoyFilter；Istio 自身不设置。', 'envoyFilters'],
      ['看统计了什么：PATTERN 用 `rate_limit`。', 'stats'],
    ],
  },
  UAEX: {
    means: '外部授权拒绝了请求：Envoy 询问另一个服务可否放行，得到否定或根本没有回答。',
    from: '本 Envoy 的 ext_authz 过滤器。在 Istio 中即 action 为 CUSTOM 的 AuthorizationPolicy；ALLOW 和 DENY 策略不留标志。',
    causes: [
      '授权服务说不：未登录、会话过期、缺少请求头。',
      '授权服务不可达或太慢，而过滤器在这种情况下拒绝（详情 `ext_authz_error`）。',
      '策略覆盖的路径比预期多。',
    ],
    next: [
      ['看哪些 action 为 CUSTOM 的策略选中了这个 Pod。', 'authorizationPolicies'],
      ['看它们的 provider 指向哪个服务（`extensionProviders`）。', 'meshConfig'],
      ['看授权服务自己的日志，以它的 Pod 作为 SERVER-POD。', 'appLog'],
    ],
  },
  RLSE: {
    means: 'Envoy 无法询问限流服务，而设置要求在这种情况下拒绝请求。',
    from: '本 Envoy 的全局限流过滤器（开启了 `failure_mode_deny`）。',
    causes: ['限流服务宕机、未就绪或太慢。', '过滤器指定的集群不存在或没有端点。'],
    next: [
      ['看限流服务是否在运行。', 'pods'],
      ['查找带限流过滤器的 EnvoyFilter 及其集群。', 'envoyFilters'],
      ['查看该集群的端点。', 'endpoints'],
    ],
  },
  DC: {
    means: '应答完成之前，客户端的连接就结束了。日志中的返回码 0 表示还没有开始应答。',
    from: '客户端，或它与本 Envoy 之间的设备。若详情为 `downstream_local_disconnect`，则是本 Envoy 自己关闭了连接。',
    causes: [
      '客户端自己的超时比服务端所需时间短。',
      '用户或调用方取消了，或调用方的 Pod 结束了。',
      '前面的负载均衡器因空闲超时或请求超时关闭了连接。',
      '请求进行中，本 Envoy 替换了监听器或正在关闭（`downstream_local_disconnect(filter_chain_is_being_removed)`）。',
    ],
    next: [
      ['看各日志行的耗时：若每次都是同一个数，就是某处的超时。', 'proxyLog'],
      ['看服务端为什么花了这么久。', 'appLog'],
      ['看那个时刻是否有配置推送。', 'istiodLog'],
    ],
  },
  URX: {
    means:
      'Envoy 已按重试策略尝试到上限，最后一次也失败了。旁边的标志说明最后一次如何失败；若单独出现，则转发的是服务端自己的错误。',
    from: '服务端一侧：每次尝试都失败。对 TCP 表示每次连接都失败。',
    causes: [
      '服务端宕机，或对所有人都返回错误。',
      '所有尝试都落到同一个坏 Pod，或间隔太短。',
      '若连接的详情是 `local_ratelimit_close_over_limit`：是本地限流关闭了它；Envoy 在这里也用这个标志。',
    ],
    next: [
      ['先解释旁边的那个标志。'],
      ['查看路由的重试策略（次数、条件、每次的时间）。', 'trace'],
      ['看有哪些端点，是否有被移出的。', 'endpoints'],
      ['看服务端。', 'appLog'],
    ],
  },
  SI: {
    means: '在整个流空闲超时内，这个请求没有任何数据流动，Envoy 结束了它：请求尚未收完时为 408，之后为 504。',
    from: '本 Envoy；沉默的一方是客户端（408）或服务端（504）。Istio 默认关闭此超时（`stream_idle_timeout: 0s`），所以一定有配置设置了它。',
    causes: [
      '没有流量也没有心跳的长轮询、流或 websocket。',
      '客户端上传到一半停住了。',
      '某个 EnvoyFilter，或路由的 `idle_timeout`，设置得太短。',
    ],
    next: [
      ['查看路由的空闲超时。', 'routes'],
      ['查找设置 `stream_idle_timeout` 的 EnvoyFilter。', 'envoyFilters'],
    ],
  },
  IH: {
    means: '客户端发送的某个 `x-envoy-…` 请求头，其值没有通过路由过滤器的严格检查。',
    from: '客户端；由本 Envoy 的路由过滤器拒绝，前提是设置了 `strict_check_headers`。',
    causes: ['客户端或前面的代理发送了错误的 `x-envoy-max-retries`、`x-envoy-upstream-rq-timeout-ms` 等。'],
    next: [
      ['在详情字段中看是哪个请求头。', 'proxyLog'],
      ['查找设置 `strict_check_headers` 的 EnvoyFilter；Istio 不设置它。', 'envoyFilters'],
    ],
  },
  DPE: {
    means: '客户端发送的内容无法作为 HTTP 读取，或违反了 HTTP 规则。',
    from: '客户端一侧；由本 Envoy 在读取请求时、选择路由之前发现。',
    causes: [
      '向网格当作明文 HTTP 的端口发送了 TLS 或其他协议：Service 端口的名称或 `appProtocol` 不符。',
      '请求头太大或太多（此时返回码为 431）。',
      '负载均衡器发送 PROXY 协议，而这个监听器没有预期它。',
      '客户端发送了非法字符，或同时发送 Content-Length 和 Transfer-Encoding。',
    ],
    next: [
      ['看详情字段：`http1.…` 或 `http2.…` 说明哪里不对。', 'proxyLog'],
      ['检查端口的 `name` 和 `appProtocol`。', 'service'],
      ['看本 Envoy 在该端口上期望哪种协议。', 'listeners'],
    ],
  },
  UMSDR: {
    means: '请求的存活时间超过了上限，Envoy 结束了它。',
    from: '本 Envoy，依据路由或集群的 `max_stream_duration`。它计算流的整个寿命，即使流一直在忙。',
    causes: [
      '在有最长时间限制的路由上的长流（gRPC、websocket、下载）。',
      '路由遵守的 gRPC 客户端截止时间（`grpc-timeout`）。',
    ],
    next: [
      ['查看路由的 `maxStreamDuration`。', 'routes'],
      ['查看集群的 `maxStreamDuration`。', 'clusterSettings'],
    ],
  },
  RFCF: {
    means: '应答来自 Envoy 的缓存，没有询问服务端。这不是错误。',
    from: '本 Envoy 的缓存过滤器。',
    causes: ['某个 EnvoyFilter 加入了缓存过滤器；Istio 自身并不使用它。'],
    next: [['若应答太旧，查找该 EnvoyFilter。', 'envoyFilters']],
  },
  NFCF: {
    means: '某个过滤器的配置尚未到达，Envoy 宁可用 500 拒绝请求，也不跳过该过滤器。',
    from: '本 Envoy：配置单独下发的过滤器（ECDS，Istio 用于 WasmPlugin 和部分 EnvoyFilter）。',
    causes: [
      'WasmPlugin 的镜像取不到：名称错误、没有凭据、网络不通。',
      'Envoy 拒绝了该过滤器的配置。',
      '代理刚启动而 istiod 尚未下发，或 istiod 不可达。',
    ],
    next: [
      ['看该代理的 ECDS 是否同步。', 'status'],
      ['查找拉取或拒绝的记录。', 'proxyLog'],
      ['查找选中这个 Pod 的 WasmPlugin。', 'wasmPlugins'],
    ],
  },
  DT: {
    means: '连接达到最长寿命，Envoy 关闭了它。仍在其上进行的内容随之结束。',
    from: '本 Envoy，依据客户端连接的最长存活时间。',
    causes: [
      'DestinationRule 设置了 `connectionPool.tcp.maxConnectionDuration`。',
      'EnvoyFilter 设置了 `max_connection_duration` 或 `max_downstream_connection_duration`。',
    ],
    next: [
      ['查找该 DestinationRule。', 'destinationRules'],
      ['查找该 EnvoyFilter。', 'envoyFilters'],
    ],
  },
  UPE: {
    means: '服务端的应答不是合法的 HTTP，Envoy 丢弃了它并回答 502。旧版本对此回答 503 和 UC。',
    from: '服务端一侧。应用可能记录为成功：它发出了应答，但 Envoy 无法接受。',
    causes: [
      '应用重复发送了只能出现一次的头；最常见的是 `transfer-encoding: chunked`。',
      '端口实际的协议或 HTTP 版本与名称不符（名为 `grpc` 的端口却是 HTTP/1.1 服务，或相反）。',
      '应答头太大、太多或含有非法字符。',
    ],
    next: [
      ['看日志行中的详情和失败原因。', 'proxyLog'],
      ['看原始应答：在 Pod 内用 `curl -v` 调用应用。'],
      ['检查端口的 `name` 和 `appProtocol`。', 'service'],
    ],
  },
  NC: {
    means:
      '路由指向一个本 Envoy 没有的集群（服务或其子集），Envoy 自己应答。若路由没有另行设置，返回码为 503。1.18 之前的 Envoy 记录 NR 且没有详情。',
    from: '本 Envoy，在选定路由之后。',
    causes: [
      'VirtualService 指定的子集，没有 DestinationRule 定义。',
      '目标主机拼写错误，或是短名，会用 VirtualService 的命名空间补全。',
      'Sidecar 或 `exportTo` 使该工作负载看不到这个服务或 DestinationRule。',
      '集群尚未到达，或被 Envoy 拒绝。',
    ],
    next: [
      ['跟踪该请求：它会给出路由、缺失的集群以及要修改的对象。', 'trace'],
      ['列出本 Envoy 对该主机拥有的集群。', 'clusters'],
      ['查看 DestinationRule 及其子集。', 'destinationRules'],
      ['让 istioctl 查找指向不存在对象的配置。', 'analyze'],
      ['看 istiod 是否下发、Envoy 是否接受。', 'diff'],
    ],
  },
  OM: {
    means: 'Envoy 缺少某种资源（如内存或连接），其过载管理器拒绝或终止了请求。',
    from: '本 Envoy。',
    causes: ['istio-proxy 的内存限制对配置或流量来说太小。', '到来的连接远多于平时。'],
    next: [
      ['看缺少哪种资源。', 'overload'],
      ['看代理的用量。', 'top'],
      ['减少代理需要知道的内容：用只列少量主机的 Sidecar 对象。', 'sidecars'],
    ],
  },
  DF: {
    means: 'Envoy 需要自己解析主机名，而 DNS 没有给出地址。',
    from: '本 Envoy 的动态转发代理：请求的主机决定去向，由 DNS 给出地址。',
    causes: [
      '主机不存在或拼写错误。',
      'DNS 服务器不可达或应答太慢。',
      '该名称只有一种地址族（IPv4 或 IPv6），而 Envoy 查询的是另一种。',
    ],
    next: [
      ['在 Pod 中解析该名称。', 'lookup'],
      ['看 Envoy 的 DNS 缓存：PATTERN 用 `dns_cache`。', 'stats'],
    ],
  },
  DO: {
    means: '控制面要求 Envoy 丢弃发往该集群的一部分请求，这是其中之一。',
    from: '本 Envoy，依据下发端点中的 `drop_overloads`。',
    causes: ['控制面在削减负载。Istio 不使用它；是别的控制面。'],
    next: [['查看集群端点的策略。', 'endpoints'], ['询问控制面的维护者。']],
  },
  DR: {
    means: '客户端取消了这一个请求（HTTP/2 或 HTTP/3 的流重置），连接仍保留。1.30 之前的 Envoy 没有对应标志。',
    from: '客户端，或它前面的 Envoy。',
    causes: [
      '调用方的截止时间已过，或不再需要应答。gRPC 客户端经常如此。',
      '调用方自己的调用方离开了，中断被一路传递。',
    ],
    next: [
      ['看各日志行的耗时：若每次都是同一个数，就是截止时间。', 'proxyLog'],
      ['看调用方 Envoy 对同一请求的日志。', 'logs'],
    ],
  },
  UDO: {
    means: '控制面要求 Envoy 丢弃发往该集群的所有请求。',
    from: '本 Envoy，依据下发端点中 100 % 的 `drop_overloads`。',
    causes: ['控制面关闭了该服务，或不知道任何健康端点。Istio 不使用它；是别的控制面。'],
    next: [['查看集群端点的策略。', 'endpoints'], ['询问控制面的维护者。']],
  },
};
