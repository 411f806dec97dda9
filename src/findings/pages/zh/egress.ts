import type { EGRESS_PAGES } from '../egress.js';
import type { ChinesePages } from './page.js';

export const EGRESS_PAGES_ZH: ChinesePages<keyof typeof EGRESS_PAGES> = {
  'sidecar-scope-missing-host': {
    title: 'Sidecar 资源把某个主机排除在这个代理之外',
    explanation:
      '快照中别的边车的配置里有这个主机，这个没有。Sidecar 资源限定工作负载的代理只知道它导入的主机；服务或 ServiceEntry 的 exportTo 限定谁能知道它。',
    consequences:
      '这里不认识该主机：策略为 REGISTRY_ONLY 时请求被丢弃（502 或连接关闭），否则不经路由、双向 TLS 和重试直通出去。',
    causes: [
      'Sidecar 的 egress hosts 缺少该主机所在的命名空间。',
      '命名空间里（或整个网格的根命名空间里）新加了不带 workloadSelector 的 Sidecar。',
      '服务或 ServiceEntry 的 exportTo 不包含这个命名空间。',
    ],
    remedy: [
      '看哪个 Sidecar 生效：先是带 workloadSelector 的，再是命名空间的，最后是根命名空间的。',
      '把 NAMESPACE/HOST 加到它的 egress hosts。',
      '没有 Sidecar 时看 exportTo。',
      '确认主机已经下发。',
    ],
  },
  'host-not-in-registry': {
    title: '网格不认识这个主机',
    explanation:
      '请求的主机看起来是集群内的名字，但 Pod 的解析器会尝试的所有名字（本名，再加命名空间、svc 和集群域名）代理都不认识。',
    consequences:
      'DNS 解析失败，多数情况下请求根本发不出去。如果地址来自别处，请求会不受规则约束地直通、被丢弃，或得到 404。',
    causes: ['名字拼错。', '服务在别的命名空间，却用了短名字。', '服务被删除，或在不属于网格的集群里。'],
    remedy: ['看所有命名空间的服务。', '看名字在 Pod 里解析成什么。', '看代理知道什么。'],
  },
  'egress-blackhole': {
    title: '网格丢弃了它不认识的流量',
    explanation:
      '网格（或 Sidecar）的出站策略是 REGISTRY_ONLY，而代理知道的服务和 ServiceEntry 都没有声明这个目的地和端口。',
    consequences:
      'TCP 和 TLS 进入 BlackHoleCluster 并被关闭；明文 HTTP 由虚拟主机 block_all 返回 502，旧版本返回 404。',
    causes: [
      '没有 ServiceEntry 声明这个外部主机。',
      'ServiceEntry 写的是别的端口或协议。',
      '调用了服务没有的端口。',
      'ServiceEntry 在这个命名空间不可见（exportTo、Sidecar）。',
    ],
    remedy: ['看声明了哪些外部主机。', '声明该主机和端口。', '看出站策略。'],
  },
  'egress-passthrough': {
    title: '请求脱离了网格的规则',
    explanation:
      '代理不知道哪个服务或 ServiceEntry 有这个目的地和端口。出站策略是 ALLOW_ANY，Envoy 把连接原样送往客户端解析到的地址。',
    consequences:
      '网格的路由、重试、超时、双向 TLS 和授权都不起作用。那里有没有人应答 Envoy 并不知道：发往服务地址上的错误端口是没有应答的。',
    causes: [
      '有意调用外部主机：那就没有问题。',
      '调用了服务没有的端口（比如容器端口）。',
      '向声明为 HTTP 的端口发送了不是 HTTP 的字节。',
      '本该接收它的监听器被拒绝或缺失。',
    ],
    remedy: ['看服务有哪些端口。', '把网格应当认识的外部主机声明出来。', '看该端口上有哪些监听器。'],
  },
  'headless-service-pod-ip': {
    title: '直接用 Pod 自己的地址调用',
    explanation: '请求发往 Pod 自己的地址。无头服务（clusterIP: None）解析出的就是这种地址；否则是客户端从别处得到的。',
    consequences:
      'Envoy 就发给那个 Pod。子集、负载均衡和异常检测不起作用；如果是普通服务的 Pod 地址，网格的规则一条也不适用。',
    causes: [
      '有意使用无头服务：数据库、需要互相认识的节点。',
      '客户端通过自己的注册中心找到 Pod，或缓存了地址。',
      '有人为了测试直接调用 Pod。',
    ],
    remedy: ['看服务是不是无头的。', '用服务名调用，或给服务一个集群 IP。'],
  },
  'external-name-service': {
    title: '服务是外部主机的别名',
    explanation:
      'Service 的类型是 ExternalName：指向外部主机的 DNS 别名。Istio 为它生成解析该主机的集群；客户端的 Host 头仍是别名。',
    consequences:
      '外部服务器收到它可能不认识的 Host 头（404 或错误页面），也没有双向 TLS。使用 HTTPS 时证书的名字也对不上。',
    causes: ['服务迁出了集群，用别名代替。'],
    remedy: ['看别名。', '在途中改写 authority。', '或者用 ServiceEntry 声明该主机，并用它自己的名字调用。'],
  },
  'port-name-tcp': {
    title: 'HTTP 被当作不透明的 TCP',
    explanation:
      'Istio 先看端口的 appProtocol，再看名字的开头（http、http2、grpc、tcp、tls 等）来判断协议。在它看来这个端口是 TCP，或者没有这样的名字而 Istio 又不自动识别 HTTP（1.3 之前，以及某些数据库端口）。',
    consequences:
      '上面的 HTTP 按字节转发：VirtualService 的路由不起作用，一条连接固定在一个 Pod 上，没有重试，没有 HTTP 指标，针对路径或方法的策略不匹配。',
    causes: [
      '端口叫 tcp-…，或以应用命名（“web”）。',
      '为了 Prometheus 或别的工具改了名字。',
      '服务确实是 TCP：那就按 TCP 发送。',
    ],
    remedy: ['看端口的名字。', '改名为 http-…，或设置 appProtocol: http。', '确认监听器变成了 HTTP。'],
  },
  'protocol-conflict-port': {
    title: '不同协议的服务共用一个端口',
    explanation:
      '某个服务有集群，却没有任何东西通向它：它的端口上有一个别的协议、别的服务的监听器绑定了所有地址。没有自己地址的服务无法再有监听器。',
    consequences: '发往该服务的请求会去那个监听器送去的地方：进入另一协议的路由表，或直通出去。',
    causes: [
      'TCP 的 ServiceEntry 或无头服务使用了 HTTP 服务的端口（80、8080），或者相反。',
      '同一端口号在一个服务里是 HTTP，在另一个里没有命名或是 TCP。',
    ],
    remedy: [
      '看该端口上有哪些监听器。',
      '给服务不同的端口、相同的协议，或各自的地址（ServiceEntry 的 spec.addresses）。',
      '让 istioctl 查找冲突。',
    ],
  },
  'passthrough-tls-to-http-port': {
    title: 'TLS 发到了明文 HTTP 端口',
    explanation: '客户端用 TLS（https://）访问网格当作明文 HTTP 的端口。监听器无法按 HTTP 读取，由默认过滤器链接收。',
    consequences:
      '连接不经路由和双向 TLS 直通到服务地址，服务端收到它不懂的 TLS；或者被丢弃（REGISTRY_ONLY），或者被关闭。',
    causes: ['网格已经加密，却仍写了 https://。', '服务端确实使用 TLS，但端口名是 http-…。'],
    remedy: ['用 http:// 调用，代理之间会使用双向 TLS。', '服务端使用 TLS 时，把端口命名为 https-… 或 tls-…。'],
  },
  'http-to-tls-port': {
    title: '明文 HTTP 发到了 TLS 端口',
    explanation:
      '客户端用明文 HTTP 访问所有过滤器链都要求 TLS 的端口：网关的 HTTPS 端口，或 ServiceEntry 的 TLS 端口。',
    consequences: '没有过滤器链接收，Envoy 关闭连接（NR filter_chain_not_found）；在边车上也可能直通出去。',
    causes: [
      '把 https:// 写成了 http://。',
      '网关前的负载均衡终止了 TLS，把明文 HTTP 发到 HTTPS 端口。',
      '端口转发连到了网关的错误端口。',
    ],
    remedy: [
      '用 https:// 或 HTTP 端口调用。',
      '看 Gateway 的 servers 和端口。',
      '在 HTTP server 上用 tls.httpsRedirect 引导客户端。',
    ],
  },
};
