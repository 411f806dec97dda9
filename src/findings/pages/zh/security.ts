import type { SECURITY_PAGES } from '../security.js';
import type { ChinesePages } from './page.js';

export const SECURITY_PAGES_ZH: ChinesePages<keyof typeof SECURITY_PAGES> = {
  'mtls-mismatch': {
    title: '客户端与服务端的双向 TLS 不一致',
    explanation:
      '客户端代理与服务端代理不一致：明文发往要求双向 TLS 的端口（PeerAuthentication STRICT），或 TLS 发往只收明文的端口（DISABLE）。客户端发什么由 DestinationRule 决定，没有时由 istiod 对端点的了解决定。',
    consequences: '服务端代理关闭连接。客户端 Envoy 返回 503：没有过滤器链接收时是 UC，握手失败时是 UF。',
    causes: [
      'DestinationRule 对 STRICT 的工作负载设置了 tls.mode DISABLE（或 SIMPLE）。',
      'DestinationRule 对 DISABLE 的端口或没有边车的服务端设置了 ISTIO_MUTUAL。',
      '客户端没有边车，而服务端是 STRICT。',
      'Pod 丢了 security.istio.io/tlsMode 标签，客户端以为它没有边车。',
    ],
    remedy: [
      '看该主机的 DestinationRule。',
      '把 tls.mode 设为 ISTIO_MUTUAL，或去掉 tls。',
      '看服务端的策略：先工作负载，再命名空间，最后全网格。',
      '两端一起看。',
    ],
  },
  'certificate-expired': {
    title: '证书已过期',
    explanation: '代理密钥中的某个证书在获取转储时已经过期。参考时间是 --now，没有时取转储中最新的时间。',
    consequences: '客户端拒绝握手。在网关处看到证书错误；代理之间的请求以 503 UF 结束。',
    causes: [
      '网关的 Secret 没有更新，或更新（cert-manager）失败。',
      '工作负载的 agent 连不上 istiod，只有一天寿命的证书没有续期。',
      '网格的根证书或中间证书（cacerts）到期。',
      '转储是旧的，而 --now 是今天。',
    ],
    remedy: [
      '看每个证书的有效期。',
      '把新证书放进 Secret，网关无需重启即可使用。',
      '工作负载自己的证书则看 agent 为什么没有续期。',
      '确认客户端拿到的是新证书。',
    ],
  },
  'certificate-expires-soon': {
    title: '证书即将过期',
    explanation:
      '证书进入了自身寿命的最后十分之一：三个月的证书是九天，工作负载一天的证书约两小时（正常在一半时就续期）。',
    consequences: '到期后客户端会拒绝握手（certificate-expired）。',
    causes: ['没有人自动更新网关的 Secret。', '工作负载的 agent 无法续期：没有连接 istiod。', '转储是旧的。'],
    remedy: ['看每个证书的有效期。', '更新 Secret，或看 cert-manager 为什么没有更新。', '工作负载则看 agent 的日志。'],
  },
  'san-mismatch': {
    title: '服务端证书没有客户端期望的名字',
    explanation:
      '客户端的集群只接受某些身份（主题备用名称），而服务端证书里一个也没有。没有 DestinationRule 时，由 istiod 给出服务背后 Pod 的服务账号。',
    consequences: '客户端 Envoy 拒绝服务端证书：503 UF，日志里有“CERTIFICATE_VERIFY_FAILED”。',
    causes: [
      'DestinationRule 或 ServiceEntry 的 subjectAltNames 写的是别的服务账号、命名空间或信任域。',
      'Pod 换了服务账号。',
      '信任域改了，而 trustDomainAliases 没有旧的。',
      '这个地址现在属于别的工作负载（端点过期）。',
    ],
    remedy: ['看服务端出示什么身份。', '看客户端接受哪些身份。', '改正 subjectAltNames，或交给 istiod。'],
  },
  'jwt-required': {
    title: '请求需要令牌，却没有带',
    explanation:
      '服务端代理要求令牌（JWT），而请求没有：某条策略要求请求主体或声明，或者 JWT 过滤器拒绝了令牌。只有 RequestAuthentication 时，没有令牌的请求可以通过；加上策略才是强制。',
    consequences: '策略要求时返回 403“RBAC: access denied”；JWT 过滤器拒绝无效令牌时返回 401。',
    causes: [
      '客户端没有发送 Authorization 头，或途中的代理去掉了它。',
      '带 notRequestPrincipals: ["*"] 的 DENY 策略对健康检查和内部调用也生效。',
      '令牌的签发者或受众不是 RequestAuthentication 所写的。',
    ],
    remedy: ['看策略及其要求。', '看签发者。', '发送令牌。', '带着令牌的声明跟踪。'],
  },
  'rbac-denies': {
    title: '授权策略拒绝了请求',
    explanation:
      'AuthorizationPolicy 在服务端代理处拒绝请求：匹配了某条 DENY 规则，或者有 ALLOW 策略而没有一条规则匹配。DENY 先于 ALLOW。一条规则中的条件（from、to、when）必须同时成立。',
    consequences:
      '403“RBAC: access denied”（详情 rbac_access_denied_matched_policy[…]）；TCP 连接被关闭。应用看不到请求。',
    causes: [
      '调用者的服务账号、命名空间、方法、路径或端口不在规则里。',
      '调用者没有使用双向 TLS，因此没有主体。',
      '路径模式范围比预想的大（/items* 包括 /items/3）。',
      '在 TCP 端口上使用带 HTTP 条件的策略：ALLOW 永不匹配，DENY 会忽略这些条件。',
    ],
    remedy: ['看策略。', '看服务端代理实际有的策略。', '修改规则。', '在日志里看每次判定。'],
  },
  'rbac-allow-nothing': {
    title: '授权策略什么也不允许',
    explanation:
      '有 ALLOW 策略作用于该工作负载，但没有一条能匹配任何请求：spec 为空的 AuthorizationPolicy 什么也不允许。这是默认拒绝的常用写法，另用策略放行需要的请求。',
    consequences: '每个请求都得到 403，每个 TCP 连接都被关闭。',
    causes: [
      '有意默认拒绝，还没有策略放行该工作负载的调用者。',
      '误漏了 `rules`。（`rules: [{}]` 才是全部允许。）',
      '放行的策略在别的命名空间，或选择器不匹配。',
    ],
    remedy: ['看该命名空间和根命名空间的策略。', '加一条放行的策略，或给这条策略加规则。'],
  },
  'rbac-shadow-would-deny': {
    title: '试运行的授权策略会拒绝这个请求',
    explanation: '带 istio.io/dry-run 注解的策略只评估和记录，不强制执行。它会拒绝这个请求。',
    consequences: '现在没有影响。去掉注解后，请求会得到 403。',
    causes: ['策略正在试运行，还没有放行这个调用者。'],
    remedy: ['让策略放行应当继续的请求。', '看它会拒绝哪些请求。'],
  },
};
