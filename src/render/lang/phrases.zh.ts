/** What a trace says in English, in parts that stand between semicolons, and the same in Chinese; `$1` is what the brackets took. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^iptables sends (?:out|in)bound TCP to port (\d+)$/, 'iptables 把这些 TCP 连接送到端口 $1'],
  [/^bound to every address on port (\d+)$/, '绑定在端口 $1 的所有地址上'],
  [/^bound to exactly (\S+)$/, '正好绑定在 $1'],
  [/^bound to (\S+)$/, '绑定在 $1'],
  [/^none is bound to (\S+) itself$/, '没有监听器绑定在 $1 本身'],
  [/^the others are bound to addresses of their own$/, '其余的绑定在各自的地址上'],
  [/^it restores the original destination by itself and never hands over$/, '它自己恢复原目的地，从不移交给别的监听器'],
  [
    /^no listener is bound to (\S+), so the receiving one keeps the connection$/,
    '没有监听器绑定在 $1，由接收的监听器继续处理',
  ],
  [/^no listener is bound to port (\d+)$/, '没有监听器绑定在端口 $1'],
  [/^a gateway that takes it$/, '这个网关接收它'],
  [/^no gateway takes it$/, '没有网关接收它'],
  [/^this one is shown$/, '这里显示其中之一'],
  [/^transport protocol (\S+), (.*)$/, '传输协议 $1，$2'],
  [/^no filter chain matches and there is no default_filter_chain$/, '没有过滤器链适合，也没有 default_filter_chain'],
  [/^no filter chain matches, so default_filter_chain takes it$/, '没有过滤器链适合，由 default_filter_chain 接收'],
  [/^no chain with conditions fits$/, '有条件的过滤器链都不适合'],
  [/^this one sets none$/, '这一条没有条件'],
  [/^the listener’s only filter chain, without conditions$/, '监听器唯一的过滤器链，没有条件'],
  [/^meets (.*)$/, '满足：$1'],
  [/^no SNI was seen, and the chain wants one: not among (.*)$/, '没有 SNI，而这条链要求 $1'],
  [
    /^Envoy ends the client’s mutual TLS here and demands a client certificate$/,
    'Envoy 在此终止客户端的双向 TLS，并要求客户端证书',
  ],
  [/^Envoy ends the client’s (mutual )?TLS here$/, 'Envoy 在此终止客户端的 TLS'],
  [/^the chain has no TLS: the client’s TLS goes on unread$/, '这条链没有 TLS：客户端的 TLS 原样继续'],
  [/^the chain wants TLS and the client sends plaintext$/, '这条链要求 TLS，而客户端发的是明文'],
  [/^the chain demands a client certificate and the client sends none$/, '这条链要求客户端证书，而客户端没有'],
  [/^reads the connection as HTTP$/, '把连接当作 HTTP 读取'],
  [/^takes the connection as plain bytes$/, '把连接当作普通字节流'],
  [/^the connection manager asks for it by RDS$/, '连接管理器通过 RDS 取得它'],
  [/^the route table stands in the filter itself$/, '路由表就写在过滤器里'],
  [/^its domain (\S+) is the authority$/, '它的域名 $1 就是请求的主机名'],
  [/^no domain fits (\S+) more closely than (\S+)$/, '对 $1，没有比 $2 更贴近的域名'],
  [/^no route of virtual host (\S+) matches (.*)$/, '虚拟主机 $1 中没有路由匹配 $2'],
  [/^path (\S+) begins with (\S+)$/, '路径 $1 以 $2 开头'],
  [/^path (\S+) does not begin with (\S+)$/, '路径 $1 不以 $2 开头'],
  [/^path (\S+) is exactly (\S+)$/, '路径 $1 正好是 $2'],
  [/^header (\S+) is exactly (".*?"), path (\S+) begins with (\S+)$/, '请求头 $1 正好是 $2，路径 $3 以 $4 开头'],
  [/^header (\S+) is absent$/, '没有请求头 $1'],
  [/^all HTTP filters let the request pass$/, '所有 HTTP 过滤器都放行'],
  [/^taken as letting the request pass: (.*) allows it$/, '视为放行：前提是 $1 允许'],
  [/^RBAC (ALLOW|DENY) denies it: no policy matches$/, 'RBAC（$1）拒绝：没有策略匹配'],
  [/^RBAC (ALLOW|DENY) denies it: (.*)$/, 'RBAC（$1）拒绝：$2'],
  [/^the client is (\S+)$/, '客户端是 $1'],
  [
    /^an injected fault answers (\d+) to (\S+) of such requests \(set at (.*)\)$/,
    '故障注入对 $2 的请求返回 $1（设在 $3）',
  ],
  [/^the only cluster of the route$/, '路由唯一的集群'],
  [/^the only cluster of the TCP proxy$/, 'TCP 代理唯一的集群'],
  [/^the route answers (\d+) itself \(direct_response\)$/, '路由自己返回 $1（direct_response）'],
  [/^the route redirects to (\S+)$/, '路由重定向到 $1'],
  [/^the router filter answers (\d+)$/, '路由过滤器返回 $1'],
  [/^weight (\d+) of (\d+)$/, '权重 $1/$2'],
  [/^random (\d+) picks it$/, '随机值 $1 选中它'],
  [/^(\S+) cluster, shaped by (.*)$/, '$1 集群，由 $2 调整'],
  [/^(\S+) cluster$/, '$1 集群'],
  [/^this Envoy has no such cluster$/, '这个 Envoy 没有这个集群'],
  [/^subset (\S+), not (\S+)$/, '子集是 $1，不是 $2'],
  [/^without a subset$/, '没有子集'],
  [/^goes on unchanged to (\S+)$/, '原样发往 $1'],
  [
    /^BlackHoleCluster has no endpoints on purpose: .*$/,
    'BlackHoleCluster 有意没有端点：Istio 把网格不允许的流量送到这里',
  ],
  [/^mutual TLS, SNI (\S+)$/, '双向 TLS，SNI $1'],
  [/^TLS, SNI (\S+)$/, 'TLS，SNI $1'],
  [/^plaintext$/, '明文'],
  [/^adds no TLS: the client’s own goes on as it is$/, '不再加 TLS：客户端自己的 TLS 原样继续'],
  [/^(?:both endpoints|all (\d+) endpoints) are healthy$/, '所有端点都健康'],
  [/^the only endpoint is healthy$/, '唯一的端点健康'],
  [/^priority (\d+) gets all requests$/, '所有请求都发往优先级 $1'],
  [/^healthy endpoints: (\d+) of (\d+)$/, '健康的端点：$1/$2'],
  [/^no endpoint is healthy and the panic threshold is (\d+)$/, '没有健康的端点，且恐慌阈值为 $1'],
  [
    /^panic mode: the only endpoint is not healthy, so health is ignored and it is used$/,
    '恐慌模式：唯一的端点不健康，仍然使用它',
  ],
  [/^the cluster has no endpoints$/, '集群没有端点'],
  [/^the original destination, (\S+)$/, '原目的地 $1'],
  [/^load balancing: (.*)$/, '负载均衡：$1'],
  [/^(\S+) is reached by mutual TLS as (\S+)$/, '以 $2 的身份通过双向 TLS 到达 $1'],
  [/^(\S+) is reached by mutual TLS$/, '通过双向 TLS 到达 $1'],
  [/^(\S+) is reached by tls$/, '通过 TLS 到达 $1'],
  [/^(\S+) is reached by plaintext$/, '以明文到达 $1'],
  [/^the proxy there forwards it$/, '那里的代理继续转发'],
  [/^the proxy there passes it through$/, '那里的代理原样放行'],
  [/^the proxy there ends it: (.*)$/, '由那里的代理结束：$1'],
  [/^(\S+) resolves to (\S+) \((.*)\)$/, '$1 解析为 $2（$3）'],
  [/^the request comes from the pod itself \((\S+)\)$/, '请求来自 Pod 自己（$1）'],
  [
    /^the pod’s iptables rules are Istio’s own \(they are not in a dump\)$/,
    'Pod 的 iptables 规则是 Istio 自己的（转储里没有）',
  ],
  [
    /^the receiving side \((.*)\) is not in the snapshot: what its proxy does is not known$/,
    '接收方（$1）不在快照中：不知道它的代理会做什么',
  ],
  [/^(.*) does as (\S+) does \(its dump is not in the snapshot\)$/, '$1 与 $2 做法相同（快照中没有它的转储）'],
  [/^the (server|client) shows (.*), issued by (.*), valid until (\S+)$/, '$1 出示 $2，签发者 $3，有效期至 $4'],
];

/** Words inside phrases that have no phrase of their own. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\btransport protocol (\S+?)(?=,|$)/g, '传输协议 $1'],
  [/\bapplication protocol\b/g, '应用协议'],
  [/\bno application protocol seen\b|\bno 应用协议 seen\b/g, '没有看到应用协议'],
  [/\bno SNI\b/g, '没有 SNI'],
  [/\bSNI not seen: no TLS inspector on this port\b/g, '看不到 SNI：这个端口没有 TLS inspector'],
  [/\bport (\d+)\b/g, '端口 $1'],
  [/^server 出示/, '服务端出示'],
  [/^client 出示/, '客户端出示'],
  [/ or /g, ' 或 '],
  [/, /g, '，'],
];

/** A sentence of a trace in Chinese, part by part; a part that is not known stays in English. */
export function phraseZh(text: string): string {
  return (
    whole(text) ??
    text
      .split('; ')
      .map(part => whole(part) ?? part)
      .join('；')
  );
}

function whole(text: string): string | null {
  const found = PHRASES.find(([pattern]) => pattern.test(text));
  if (found === undefined) return null;
  const [pattern, chinese] = found;
  return WORDS.reduce((line, [word, translated]) => line.replace(word, translated), text.replace(pattern, chinese));
}
