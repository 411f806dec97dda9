import type { Detail } from '../response-details.js';
import type { PartialText } from './text.js';

/** Chinese texts of response code details and connection termination details. */
export const DETAIL_TEXTS_ZH: Record<Detail, PartialText> = {
  via_upstream: {
    means: '这个应答由服务端一侧给出，Envoy 只是转发。不管返回码是什么，原因都不在本 Envoy 的配置。',
  },
  'cache.response_from_cache_filter': {
    means: '应答来自 Envoy 的缓存。',
    from: '本 Envoy 的缓存过滤器。',
    causes: ['某个 EnvoyFilter 加入了缓存过滤器。'],
    next: [['查找该 EnvoyFilter。', 'envoyFilters']],
  },
  'cache.insert_via_upstream': { means: '应答由服务端给出，Envoy 把它存入缓存。' },
  admin_filter_response: {
    means: '应答来自 Envoy 自己的管理接口。',
    from: '本 Envoy。',
    causes: ['请求到了管理端口（15000），或转发到它的地方。'],
    next: [['看日志行中的端口和路径。', 'proxyLog']],
  },
  internal_redirect: {
    means: '服务端以重定向应答，Envoy 自己跟随了它。这一行是前半段；应答在下一行。',
    from: '本 Envoy，依据路由的内部重定向策略。',
    causes: ['路由有 `internal_redirect_policy`，它来自 EnvoyFilter。'],
    next: [['查看该路由。', 'routes']],
  },
  route_not_found: {
    means: '没有路由匹配该请求：没有虚拟主机包含它的主机，或该主机的路由都不接受它的路径、方法或请求头。',
    causes: [
      'VirtualService 没有匹配该路径、方法或请求头的路由，也没有兜底路由。',
      'Host 头在这里未知，或 VirtualService 没有绑定这个网关。',
    ],
  },
  route_configuration_not_found: {
    means: 'Envoy 没有用于该请求的路由表：路由表尚未到达，或没有匹配的 scope。',
    causes: ['istiod 尚未下发路由表，或被 Envoy 拒绝。', '使用了 scoped routes，而请求的键没有对应的 scope。'],
    next: [
      ['看该代理的路由（RDS）是否同步。', 'status'],
      ['查找拒绝的记录。', 'proxyLog'],
    ],
  },
  direct_response: {
    means: '由路由自己应答：配置中写定的重定向或固定应答。没有询问服务端。',
    causes: [
      'VirtualService 在这条路由上有 `redirect` 或 `directResponse`。',
      'Gateway 设置了 `tls.httpsRedirect`：明文 HTTP 得到 301。',
      '在 REGISTRY_ONLY 网格中，虚拟主机 `block_all` 对未知主机回答 502。',
    ],
  },
  cluster_not_found: {
    means: '路由指向一个本 Envoy 没有的集群（服务或其子集）。',
    causes: [
      'VirtualService 指定的子集没有 DestinationRule 定义，或主机不存在。',
      'Sidecar 或 `exportTo` 使该工作负载看不到这个服务。',
      '集群尚未到达，或被 Envoy 拒绝。',
    ],
    next: [
      ['跟踪该请求：它会给出路由、缺失的集群以及要修改的对象。', 'trace'],
      ['列出本 Envoy 对该主机拥有的集群。', 'clusters'],
      ['查看 DestinationRule 及其子集。', 'destinationRules'],
      ['看 istiod 是否下发、Envoy 是否接受。', 'diff'],
    ],
  },
  no_healthy_upstream: {
    means: '集群没有可用的端点：一个都没有，或没有健康的。',
    causes: ['服务或子集没有就绪的 Pod，或选择器没有选中任何 Pod。', '所有端点都被异常检测移出，或健康检查失败。'],
    next: [
      ['跟踪该请求：endpoints 这一跳会列出每个地址以及不可用的原因。', 'trace'],
      ['查看本 Envoy 拥有的端点。', 'endpoints'],
      ['与 Kubernetes 中该 Service 的端点对比。', 'slices'],
      ['看 Pod 是否在运行并且就绪。', 'pods'],
    ],
  },
  maintenance_mode: {
    means: '集群处于维护模式：有意拒绝一部分请求。',
    causes: ['运行时设置 `upstream.maintenance_mode.CLUSTER` 已打开。'],
    next: [['询问设置代理运行时值的人（bootstrap、EnvoyFilter）。', 'envoyFilters']],
  },
  drop_overload: {
    means: '控制面要求 Envoy 丢弃发往该集群的一部分请求。',
    causes: ['控制面在削减负载。Istio 不使用它；是别的控制面。'],
    next: [['查看集群端点的策略。', 'endpoints']],
  },
  unconditional_drop_overload: {
    means: '控制面要求 Envoy 丢弃发往该集群的所有请求。',
    causes: ['控制面关闭了该服务。Istio 不使用它；是别的控制面。'],
    next: [['查看集群端点的策略。', 'endpoints']],
  },
  overload: { means: 'Envoy 缺少内存或其他资源，其过载管理器拒绝了请求。' },
  overload_error: { means: 'Envoy 缺少某种资源，在读取请求时关闭了连接。' },
  reached_concurrency_limit: { means: '自适应并发过滤器拒绝了请求：从服务端的延迟看，它已经够忙了。' },
  denied_by_admission_control: { means: '准入控制过滤器拒绝了请求：此前到该服务端的请求失败太多。' },
  upstream_reset_before_response_started: {
    means: '在收到任何应答之前，与服务端的交互就中断了。括号中的词说明如何中断。',
  },
  upstream_reset_after_response_started: {
    means: '应答进行到一半，与服务端的交互中断了。客户端得到了日志中的返回码，但消息体被截断。',
    causes: ['服务端在发送时崩溃、被停止或取消。', '途中的某个超时结束了较长的应答。'],
  },
  response_timeout: {
    means: '服务端没有在路由的超时内应答。',
    causes: ['应用缓慢或卡住。', 'VirtualService 的 `timeout` 对这个调用太短。'],
  },
  upstream_response_timeout: {
    means: '服务端没有在路由的超时内应答。这是 `response_timeout` 的旧名称。',
    causes: ['应用缓慢或卡住。', 'VirtualService 的 `timeout` 对这个调用太短。'],
  },
  upstream_per_try_timeout: {
    means: '最后一次尝试没有在单次时限内应答。',
    causes: ['应用缓慢或卡住。', 'VirtualService 的 `retries.perTryTimeout` 太短。'],
  },
  upstream_per_try_idle_timeout: {
    means: '最后一次尝试在单次空闲时限内没有任何数据流动。',
    causes: ['服务端中途沉默。', '重试策略的 `per_try_idle_timeout` 太短。'],
  },
  upstream_max_stream_duration_reached: {
    means: '请求的存活时间超过了路由或集群的上限。',
    causes: ['在有 `max_stream_duration` 的路由上的长流。', '路由遵守的 gRPC 截止时间。'],
  },
  max_duration_timeout: {
    means: '请求的存活时间超过了连接管理器允许的上限。',
    from: '本 Envoy，依据其连接管理器的 `max_stream_duration`。',
    causes: ['长流，以及设置了最长时间的 EnvoyFilter。'],
  },
  stream_idle_timeout: {
    means: '在空闲时限内，请求的两个方向都没有数据流动。',
    from: '本 Envoy。沉默的一方是客户端（408）或服务端（504）。Istio 默认关闭此超时，所以一定有配置设置了它。',
    causes: ['没有流量也没有心跳的流。', 'EnvoyFilter 或路由的 `idle_timeout` 太短。'],
  },
  request_overall_timeout: {
    means: '客户端没有在 Envoy 给定的时间内发完整个请求。',
    from: '客户端；时限是本 Envoy 连接管理器的 `request_timeout`。',
    causes: ['上传缓慢或中断。', 'EnvoyFilter 设置的 `request_timeout` 太短。'],
  },
  request_header_timeout: {
    means: '客户端没有及时发完请求头。',
    from: '客户端；时限是本 Envoy 连接管理器的 `request_headers_timeout`。',
    causes: ['客户端有问题或怀有恶意，或网络非常慢。'],
  },
  downstream_header_timeout: {
    means: '客户端没有及时发完请求头。',
    from: '客户端；时限设在本 Envoy。',
    causes: ['客户端有问题或怀有恶意，或网络非常慢。'],
  },
  downstream_remote_disconnect: { means: '应答完成之前，客户端关闭了连接。' },
  downstream_local_disconnect: {
    means: '请求进行中，本 Envoy 关闭了客户端的连接。括号中的词说明原因。',
    from: '本 Envoy。',
    causes: [
      '配置推送替换了监听器或过滤器链，且排空时间已到。',
      'Pod 正在关闭，而 `terminationDrainDuration` 比请求短。',
      '客户端发送的内容无法作为 HTTP 读取（`codec_error`）。',
    ],
    next: [
      ['看那个时刻是否推送了监听器；不断变化的 EnvoyFilter 会造成这种情况。', 'istiodLog'],
      ['看 Pod 是否正在结束。', 'pods'],
    ],
  },
  missing_host_header: {
    means: '请求没有 Host 头（`:authority`），Envoy 无法选择虚拟主机。',
    causes: ['HTTP/1.0 客户端或手写的探测不发送它。'],
  },
  missing_path_rejected: { means: '请求没有路径。' },
  invalid_path: { means: '请求的路径不合法。' },
  absolute_path_rejected: {
    means: '请求行中是完整的 URL（`GET http://host/path`），那是发给正向代理的形式，而这个监听器不接受。',
    causes: ['客户端把网关或 sidecar 当作 HTTP 代理（设置了 `http_proxy`）。'],
  },
  path_normalization_failed: {
    means: 'Envoy 无法把路径转成规范形式，或路径含有这里不允许的转义斜杠（`%2F`）。',
    causes: ['路径中的转义有误，或 `..` 超出了根。', '网格的路径规范化设置拒绝转义斜杠。'],
    next: [
      ['查看网格的 `pathNormalization`。', 'meshConfig'],
      ['看确切的路径。', 'proxyLog'],
    ],
  },
  low_version: {
    means: '客户端使用 HTTP/1.0 或 0.9，而这里没有开启。Envoy 回答 426，要求使用更新的版本。',
    causes: ['旧客户端，或用 HTTP/1.0 与后端通信的负载均衡器或 nginx（nginx 用 `proxy_http_version 1.1` 解决）。'],
    next: [
      ['看是谁发的。', 'proxyLog'],
      ['或让 Envoy 接受 HTTP/1.0：istiod 的 `PILOT_HTTP10`。', 'meshConfig'],
    ],
  },
  upgrade_failed: {
    means: '客户端请求协议升级（websocket、CONNECT 等），而这里不允许。',
    causes: ['该升级不在连接管理器或路由的 `upgrade_configs` 中。', '客户端对不是正向代理的地方使用 CONNECT。'],
  },
  request_headers_failed_strict_check: {
    means: '括号中的 `x-envoy-…` 请求头的值不被路由过滤器接受。',
    causes: ['客户端或前面的代理发送了错误的值，且设置了 `strict_check_headers`。'],
  },
  rejecting_because_detection_failed: {
    means: 'Envoy 必须从请求中得出客户端的原始地址而没有得出，这样的请求会被拒绝。',
    causes: ['配置了原始 IP 检测扩展，而它要读取的请求头不存在。'],
  },
  early_connect_data: {
    means: '客户端在得知隧道建立之前，就在 CONNECT 之后发送了数据。',
    causes: ['客户端不等待 200。只有要求 Envoy 拒绝时才会拒绝。'],
  },
  codec_error: { means: '请求无法作为 HTTP 读取。冒号后的词来自解析器。' },
  websocket_handshake_unsuccessful: {
    means: '服务端不同意 websocket：它的应答不是 101。',
    causes: ['应用在该路径上不提供 websocket。'],
  },
  'http1.codec_error': {
    means: '收到的字节不是合法的 HTTP/1.1。',
    causes: [
      '向明文 HTTP 端口发送了 TLS，或向名为 `http` 的端口发送了其他协议。',
      '负载均衡器发送 PROXY 协议，而监听器没有预期它。',
    ],
  },
  'http1.body_disallowed': { means: '不允许带消息体的请求带了消息体。' },
  'http1.connection_header_rejected': { means: 'Connection 头格式错误或太长。' },
  'http1.content_length_and_chunked_not_allowed': {
    means: '请求同时有 Content-Length 和 `Transfer-Encoding: chunked`。这不安全，被拒绝。',
  },
  'http1.content_length_not_allowed': {
    means: '服务端的应答在不允许的地方带了 Content-Length。',
    from: '服务端一侧。',
    causes: ['应用或其框架发送了错误的头。'],
  },
  'http1.headers_too_large': {
    means: '请求头大于上限（没有另行设置时为 60 KiB）。',
    causes: ['Cookie 或令牌变得太大。', '存在循环，一再添加请求头。'],
  },
  'http1.invalid_characters': { means: '请求头含有不允许的字符。' },
  'http1.invalid_scheme': { means: '请求行中 URL 的协议不是 http 或 https。' },
  'http1.invalid_transfer_encoding': { means: 'Transfer-Encoding 头的值不被 Envoy 接受。' },
  'http1.invalid_url': { means: '请求的 URL 不合法。' },
  'http1.https_url_on_plaintext_connection': { means: '请求行中是 https 的 URL，而连接不是 TLS。' },
  'http1.too_many_headers': { means: '请求头的数量超过上限（没有另行设置时为 100）。' },
  'http1.transfer_encoding_not_allowed': {
    means: '服务端的应答在不允许的地方带了 Transfer-Encoding。',
    from: '服务端一侧。',
    causes: ['应用或其框架发送了错误的头。'],
  },
  'http1.unexpected_underscore': { means: '请求头名含有下划线，而 Envoy 设置为拒绝它们。' },
  'http2.inbound_empty_frames_flood': { means: '对方大量发送空的 HTTP/2 帧，像是攻击。' },
  'http2.invalid.header.field': { means: '某个 HTTP/2 头不合法。' },
  'http2.outbound_frames_flood': { means: '对方使 Envoy 积压了过多 HTTP/2 帧：它不断请求却不读取应答。' },
  'http2.too_many_headers': { means: '头或尾部的数量超过上限（没有另行设置时为 100）。' },
  'http2.unexpected_underscore': { means: '请求头名含有下划线，而 Envoy 设置为拒绝它们。' },
  'http2.unknown.nghttp2.error': { means: 'HTTP/2 库遇到了它没有说明的错误。' },
  'http2.unknown.oghttp2.error': { means: 'HTTP/2 库遇到了它没有说明的错误。' },
  'http2.violation.of.messaging.rule': {
    means: '消息违反了 HTTP/2 的规则：某个头不该出现在那里，或消息体长度与声明不符。',
  },
  'http2.remote_refuse': { means: '对方在处理之前拒绝了这一个 HTTP/2 请求。可以安全重试。' },
  'http2.remote_reset': { means: '对方取消了这一个 HTTP/2 请求。' },
  'http3.headers_too_large': { means: 'HTTP/3 的头或尾部大于上限。' },
  'http3.inconsistent_content_length': { means: '消息体长度与 Content-Length 不符。' },
  'http3.invalid_header_field': { means: '某个 HTTP/3 头不合法。' },
  'http3.too_many_headers': { means: 'HTTP/3 头的数量超过上限。' },
  'http3.too_many_trailers': { means: 'HTTP/3 尾部的数量超过上限。' },
  'http3.unexpected_underscore': { means: '请求头名含有下划线，而 Envoy 设置为拒绝它们。' },
  'http3.remote_refuse': { means: '对方在处理之前拒绝了这一个 HTTP/3 请求。可以安全重试。' },
  'http3.remote_reset': { means: '对方取消了这一个 HTTP/3 请求。' },
  request_payload_too_large: { means: '请求的消息体大于本 Envoy 某个过滤器所能缓存的大小。' },
  response_payload_too_large: {
    means: '应答的消息体大于本 Envoy 某个过滤器所能缓存的大小。',
    from: '服务端的应答，以及本 Envoy 中必须缓存全部内容的过滤器。',
  },
  request_payload_exceeded_retry_buffer_limit: {
    means: 'Envoy 保留消息体以备重试，而在等待重试时消息体变得太大。',
    causes: ['在有重试的路由上向失败的服务端上传大文件。'],
  },
  filter_removed_required_request_headers: { means: '某个过滤器删除或破坏了必需的请求头（主机、路径、方法）。' },
  filter_removed_required_response_headers: { means: '某个过滤器删除或破坏了应答的状态，或状态不合法。' },
  filter_removed_required_headers: { means: '某个过滤器删除了必需的头。这是旧名称。' },
  filter_added_invalid_request_data: { means: '某个过滤器在不允许的时刻添加了请求数据。' },
  filter_added_invalid_response_data: { means: '某个过滤器在不允许的时刻添加了应答数据。' },
  lua_response: {
    means: '本 Envoy 中的 Lua 脚本自己作出了应答。',
    causes: ['脚本在某个 EnvoyFilter 中。'],
    next: [['查找该 EnvoyFilter 并阅读脚本。', 'envoyFilters']],
  },
  wasm_fail_stream: {
    means: 'Wasm 扩展失败：崩溃了，或代码无法加载。在它恢复之前请求都会被拒绝。',
    causes: [
      'WasmPlugin 的镜像取不到，或与这个 Envoy 不兼容。',
      '扩展崩溃。若设置 `failStrategy: FAIL_OPEN`，则会被跳过。',
    ],
    next: [
      ['查找崩溃或拉取的记录。', 'proxyLog'],
      ['查找选中这个 Pod 的 WasmPlugin。', 'wasmPlugins'],
    ],
  },
  wasm_close_stream: {
    means: 'Wasm 扩展有意关闭了请求。',
    next: [['查找选中这个 Pod 的 WasmPlugin。', 'wasmPlugins']],
  },
  ext_proc_error: {
    means: '外部处理服务无法询问、应答太迟或应答有误。',
    causes: ['服务宕机或未就绪（`gRPC_error_14`：不可达）。', '所需时间超过过滤器的 `message_timeout`。'],
    next: [
      ['看该服务是否在运行。', 'pods'],
      ['查看其集群的端点。', 'endpoints'],
      ['查找带该过滤器的 EnvoyFilter。', 'envoyFilters'],
    ],
  },
  rbac_access_denied_matched_policy: {
    means:
      'AuthorizationPolicy 拒绝了请求：403 `RBAC: access denied`，对 TCP 则关闭连接。括号中是策略名；`none` 表示有 ALLOW 策略而没有一条匹配。',
    causes: [
      '某条 DENY 策略匹配了请求。',
      '没有 ALLOW 策略匹配：其 `principals` 需要双向 TLS 而客户端用明文，或服务账号、路径、端口不符。',
      '某条规则要求 `requestPrincipals`，而请求没有有效令牌。',
    ],
    next: [
      ['在服务端一侧、用客户端的身份跟踪请求：它会给出规则以及不符之处。', 'traceBothEnds'],
      ['查找 AuthorizationPolicy。', 'authorizationPolicies'],
      ['看 Envoy 比较了什么：打开一分钟 RBAC 日志。', 'rbacLog'],
    ],
  },
  rbac_access_denied: { means: 'AuthorizationPolicy 拒绝了请求。这种旧形式不给出策略名。' },
  rbac_deny_close: { means: '针对 TCP 的 AuthorizationPolicy 拒绝了连接，Envoy 关闭了它。' },
  jwt_authn_access_denied: {
    means: '请求的令牌（JWT）缺失或无效，而 RequestAuthentication 或等效规则要求有效令牌。',
    causes: [
      '客户端发送的令牌已过期、来自别的签发者，或受众不符（此时返回码为 403）。',
      'Envoy 没有签发者的当前密钥（JWKS）：密钥已更换，或 istiod 取不到。',
    ],
    next: [
      ['看括号中的词：它说明令牌哪里不对。', 'proxyLog'],
      ['查找 RequestAuthentication：issuer、audiences、jwksUri。', 'requestAuthentications'],
      ['看 istiod 是否取到了密钥。', 'istiodLog'],
    ],
  },
  istio_authn_access_denied: {
    means: 'Istio 旧的认证过滤器（Istio 1.4 及以前）拒绝了请求：双向 TLS 或令牌缺失或错误。',
    next: [
      ['查找该命名空间的认证策略。', 'requestAuthentications'],
      ['看服务端要求的模式。', 'peerAuthentications'],
    ],
  },
  ext_authz_denied: {
    means: '外部授权服务说不。',
    causes: ['未登录、会话过期，或服务需要的请求头没有传给它。'],
    next: [
      ['看 provider 指向哪个服务（`extensionProviders`）。', 'meshConfig'],
      ['看该服务的日志，以它的 Pod 作为 SERVER-POD。', 'appLog'],
      ['查找 action 为 CUSTOM 的 AuthorizationPolicy。', 'authorizationPolicies'],
    ],
  },
  ext_authz_error: {
    means: '外部授权服务无法询问或太慢，而过滤器在这种情况下拒绝。',
    causes: ['服务宕机、未就绪，或该代理看不到它。', '`extensionProviders` 中的超时太短，或端口、协议有误。'],
    next: [
      ['查看 provider 的服务、端口和超时。', 'meshConfig'],
      ['查看其集群的端点。', 'endpoints'],
    ],
  },
  ext_authz_close: {
    means: '外部授权服务拒绝了 TCP 连接，Envoy 关闭了它。',
    next: [['看 provider 指向哪个服务（`extensionProviders`）。', 'meshConfig']],
  },
  csrf_origin_mismatch: {
    means: '请求会造成变更，而其 Origin 头不是本站的：CSRF 过滤器拒绝了它。',
    next: [['查找带 CSRF 过滤器的 EnvoyFilter。', 'envoyFilters']],
  },
  cors_response: {
    means: 'Envoy 自己回答了浏览器的 CORS 询问（预检 OPTIONS 请求）。这不是错误。',
    from: '本 Envoy，依据 VirtualService 的 `corsPolicy`。',
    causes: ['浏览器在调用其他站点前先询问。'],
    next: [['若浏览器仍然拒绝：把 origin 与 `corsPolicy` 对比。', 'virtualServices']],
  },
  fault_filter_abort: {
    means: '故障注入规则有意终止了请求。',
    from: '本 Envoy 的故障过滤器。',
    causes: ['某个 VirtualService 在这条路由上有 `fault.abort`，常是测试遗留。'],
    next: [
      ['跟踪该请求：它会给出规则、返回码和百分比。', 'trace'],
      ['查找带有 `fault` 的 VirtualService。', 'virtualServices'],
    ],
  },
  request_rate_limited: { means: '限流服务说请求过多。' },
  local_rate_limited: { means: '本 Envoy 自己的限流额度用尽。每个代理各自计数。' },
  rate_limiter_error: {
    means: '限流服务无法询问，而过滤器在这种情况下拒绝。',
    causes: ['限流服务宕机或太慢，或其集群不存在。'],
  },
  ratelimit_close_over_limit: { means: '限流服务现在不允许更多连接，Envoy 关闭了这一个。' },
  local_ratelimit_close_over_limit: { means: '本 Envoy 自己的新建连接额度用尽，关闭了这一个。旁边的标志是 URX。' },
  health_check_ok: { means: '探测得到的回答是一切正常。' },
  health_check_ok_cluster_healthy: { means: '探测得到的回答是一切正常：各集群有足够的健康端点。' },
  health_check_failed: { means: '探测得到的回答是本 Envoy 不健康：它正在排空，或被设为失败。' },
  health_check_failed_cluster_unhealthy: { means: '探测得到否定回答：某个集群的健康端点太少。' },
  health_check_failed_cluster_empty: { means: '探测得到否定回答：过滤器所看的某个集群没有端点。' },
  health_check_failed_no_cluster_found: { means: '探测得到否定回答：过滤器所看的某个集群不存在。' },
  dns_resolution_failure: { means: 'DNS 没有给出请求主机的地址。括号中是解析器的说明。' },
  dns_cache_overflow: { means: 'Envoy 的 DNS 缓存已满：不同的主机太多。' },
  dynamic_forward_proxy_pending_request_overflow: { means: '同时等待 DNS 的请求太多。' },
  dynamic_forward_proxy_cluster_is_gone: { means: '请求等待 DNS 时，集群被删除。' },
  sub_cluster_overflow: { means: 'Envoy 需要为该主机再建一个集群，而数量已达上限。' },
  sub_cluster_warming_timeout: { means: 'Envoy 为该主机建立的集群没有及时就绪。' },
  early_grpc_json_reverse_transcode_failure: { means: 'gRPC 请求无法转成服务端接受的 JSON 形式。' },
  grpc_base_64_decode_failed: { means: 'gRPC-Web 的文本消息体不是合法的 base64。' },
  grpc_base_64_decode_failed_bad_size: { means: 'gRPC-Web 的文本消息体长度不可能是 base64。' },
  grpc_bridge_content_type_wrong: { means: '服务端对桥接的 gRPC 调用返回了别的内容类型。' },
  grpc_bridge_data_too_small: { means: '桥接的 gRPC 调用的消息体比一个 gRPC 帧还短。' },
  filter_chain_not_found: {
    means: '监听器没有接收这类连接的过滤器链，Envoy 关闭了它。还没有读到 HTTP。',
    causes: [
      '服务端为 STRICT（只接受双向 TLS），却收到明文。',
      '网关收到的 TLS 服务器名（SNI）不在任何 Gateway server 中，或没有 SNI，或在其 TLS 端口收到明文 HTTP。',
    ],
    next: [
      ['跟踪该请求：filter-chain 这一跳会给出每条链的要求。', 'traceBothEnds'],
      ['查看监听器的各条链。', 'listeners'],
      ['看服务端要求的模式。', 'peerAuthentications'],
      ['若是网关：查看它的主机。', 'gateways'],
    ],
  },
  duration_timeout: { means: '连接达到最长寿命。' },
  max_connection_duration_reached: { means: 'TCP 连接达到最长寿命。' },
  tcp_initializion_failure: {
    means: 'TCP 代理没能为这个连接找到服务端。数字说明原因。',
    causes: ['集群不存在、没有健康端点、达到上限，或没有应答。'],
    next: [
      ['跟踪该连接。', 'trace'],
      ['查看集群的端点。', 'endpoints'],
    ],
  },
  tcp_session_idle_timeout: {
    means: '在空闲时限内（没有另行设置时为一小时）TCP 连接上没有数据流动。',
    causes: ['连接池（例如数据库的）保留着无人使用的连接。'],
  },
  on_idle_timeout: { means: '在空闲时限内，HTTP 连接上没有请求。' },
  deferred_close_on_drained_connection: { means: '连接已被告知结束，且最后一个请求已完成。这是正常过程。' },
  filter_chain_is_being_removed: {
    means: '配置推送替换了过滤器链，排空时间已到，Envoy 关闭了仍然打开的连接。',
    causes: ['长请求进行中，Gateway、策略、EnvoyFilter 或证书设置发生了变更。', '某个控制器不断重写 EnvoyFilter。'],
    next: [
      ['看那个时刻推送了什么，以及多频繁。', 'istiodLog'],
      ['查找不断变化的 EnvoyFilter。', 'envoyFilters'],
    ],
  },
  triggered_delayed_close_timeout: { means: 'Envoy 已经道别，而对方没有及时关闭。' },
  transport_socket_timeout: {
    means: '与客户端的 TLS 握手没有及时完成。',
    causes: ['客户端打开连接后什么都没发，或发的不是 TLS。', '端口扫描，或负载均衡器的 TCP 探测。'],
  },
  http2_ping_timeout: {
    means: '对方没有应答 HTTP/2 的 ping：连接已死。',
    causes: ['网络路径无声中断，或对方卡住。'],
  },
  http2_connection_protocol_violation: { means: '对方违反了关系到整个连接的 HTTP/2 规则。' },
  close_for_connect_request_or_tcp_tunneling: { means: '隧道（CONNECT）结束，其连接随之结束。这是正常过程。' },
  closing_upstream_tcp_connection_due_to_downstream_remote_close: {
    means: '客户端关闭了，所以 Envoy 关闭了到服务端的连接。',
    from: '客户端。',
  },
  closing_upstream_tcp_connection_due_to_downstream_local_close: {
    means: '本 Envoy 关闭了客户端的连接，随后关闭了到服务端的连接。',
  },
  closing_upstream_tcp_connection_due_to_downstream_reset_close: {
    means: '客户端中断了连接（TCP 重置），所以 Envoy 关闭了到服务端的连接。',
    from: '客户端。',
  },
  non_pooled_tcp_connection_host_health_failure: {
    means: '端点变得不健康，而集群设置为此时关闭连接。',
    from: '服务端的健康状态，由本 Envoy 判断。',
  },
};
