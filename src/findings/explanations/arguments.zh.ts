import type { ArgumentTexts } from './arguments.js';

/** Chinese texts of what stands in the brackets of a detail. */
export const ARGUMENT_TEXTS_ZH: ArgumentTexts = {
  reset: {
    connection_failure: 'Envoy 连不上服务端（UF）。',
    local_connection_failure: 'Envoy 因自己一侧的原因连不上（UF）。',
    remote_connection_failure: '服务端一侧拒绝了连接（UF）。',
    connection_timeout: '在 `connectTimeout` 内没有建立连接：报文丢失，或服务端太忙（UF）。',
    connection_termination: '服务端关闭了连接（UC）。',
    local_reset: '本 Envoy 主动中断（LR）。',
    local_refused_stream_reset: '本 Envoy 在该连接上拒绝了请求（LR）。可以安全重试。',
    remote_reset: '服务端一侧取消了这个请求（UR）。',
    remote_refused_stream_reset: '服务端一侧在处理之前拒绝了这个请求（UR）。可以安全重试。',
    remote_error_with_CONNECT_request: '服务端一侧无法打开隧道（UR）。',
    overflow: '熔断器已满（UO）。',
    protocol_error: '服务端的应答不是合法的 HTTP（UPE）。',
    overload_manager_reset: '本 Envoy 缺少某种资源（OM）。',
  },
  transport: {
    'delayed_connect_error:_111': '连接被拒绝：该地址和端口上没有进程监听。',
    'delayed_connect_error:_113': '没有到该主机的路由：地址已不存在，或防火墙拒绝。',
    'delayed_connect_error:_110': '连接超时：报文在途中丢失。',
    'delayed_connect_error:_101': '从这里无法到达该网络。',
    immediate_connect_error: '操作系统立即拒绝连接，例如没有这样的网络。',
    SAN_matcher: '证书有效，但其名称（SAN）中没有所期望的那个。',
    CERTIFICATE_VERIFY_FAILED: '不接受对方的证书：过期、由未知 CA 签发，或名称（SAN）不符。',
    WRONG_VERSION_NUMBER: '对方不使用 TLS：它以明文应答。',
    CERTIFICATE_EXPIRED: '证书已过期。',
    UNKNOWN_CA: '对方不认识签发我方证书的 CA：双方的根不同。',
    CERTIFICATE_REQUIRED: '对方要求客户端证书，却没有收到。',
    HANDSHAKE_FAILURE: '对方拒绝了 TLS 握手：没有共同的加密套件或版本，或没有该名称的证书。',
    UNRECOGNIZED_NAME: '对方没有该服务器名（SNI）的证书。',
    HTTP_REQUEST: '向 TLS 端口发送了明文 HTTP。',
    Connection_reset_by_peer: '对方中断了连接（TCP 重置）。',
    Secret_is_not_supplied_by_SDS: '证书尚未到达：Secret 不存在，或 agent 取不到。',
  },
  jwt: {
    Jwt_is_missing: '请求没有令牌。',
    Jwt_is_expired: '令牌已过期。',
    Jwt_not_yet_valid: '令牌尚未生效：请核对时钟。',
    Jwt_issuer_is_not_configured: '没有 RequestAuthentication 接受这个签发者（`iss`）。',
    Audiences_in_Jwt_are_not_allowed: '令牌的受众（`aud`）不符。返回码为 403。',
    Jwt_is_not_in_the_form: '发送的不是令牌（应为以点分隔的三段）。',
    "Jwks_doesn't_have_key_to_match":
      'Envoy 持有的签发者密钥中没有签署该令牌的那个：密钥已更换，或令牌来自别的签发者。',
    Jwks_remote_fetch_is_failed: '取不到签发者的密钥（JWKS）。',
    Jwt_verification_fails: '签名与签发者的密钥不符。',
    Found_multiple_Jwt_tokens: '请求带有不止一个令牌。',
    Jwks: '签发者的密钥集（JWKS）不可用。',
  },
  tcpFailure: {
    '0': '每次连接都失败（UF）。',
    '1': '集群没有健康的端点（UH）。',
    '2': '达到了集群的连接上限（UO）。',
    '3': '没有这个集群，或没有通向它的路由（NC）。',
  },
  policyNone: '该工作负载有 ALLOW 策略，而没有一条规则匹配这个请求。',
  policy: ({ namespace, name, rule }) =>
    `命名空间 ${namespace} 中的 AuthorizationPolicy ${name}，第 ${rule} 条规则（从 0 数起）匹配了该请求。`,
  policyOther:
    'Envoy RBAC 过滤器中这个名称的策略匹配了该请求。名称不是现在 Istio 的形式（旧版 Istio 使用 ServiceRole 的名称）。',
};
