import type { GATEWAY_PAGES } from '../gateways.js';
import type { ChinesePages } from './page.js';

export const GATEWAY_PAGES_ZH: ChinesePages<keyof typeof GATEWAY_PAGES> = {
  'virtualservice-host-not-in-gateway': {
    title: '网关没有为这个主机提供 VirtualService',
    explanation:
      '网关没有该主机的路由。只有 Gateway 的某个 server 也列出的主机，Istio 才把 VirtualService 绑定到该 Gateway；其余的在那里被丢弃，而且不报错。',
    consequences: '该主机的每个请求都得到 404 NR；没有对应 server 名字的 TLS 连接被关闭。',
    causes: [
      'VirtualService 的主机不在 Gateway 任何 server 的 hosts 里（忘了 www.）。',
      'Gateway 写的是 NAMESPACE/HOST，而 VirtualService 在别的命名空间。',
      'VirtualService 的 gateways 写的是别的 Gateway，或缺少命名空间。',
      'Gateway 的选择器选中了别的网关 Pod。',
      '东西向网关（AUTO_PASSTHROUGH）：服务、端口或子集不在网关自己的集群里，没有导出给它，或不在 server 的 hosts 里。',
      '客户端访问的端口没有任何 server 打开，或 Service 的 targetPort 不对：连接被拒绝。',
    ],
    remedy: [
      '看网关提供哪些主机。',
      '比较两个对象的 hosts 和 gateways。',
      '把主机加到 Gateway 的 server。',
      '看网关在哪些端口上监听。',
      '让 istioctl 检查（IST0132）。',
    ],
  },
  'gateway-host-conflict': {
    title: '多个 Gateway 或 VirtualService 争用同一主机',
    explanation:
      '多个对象都要网关上的同一个主机。同一主机的 VirtualService 合并成一张路由列表，先创建的在前；在同一端口使用同一证书的多个 Gateway 会共用客户端的 HTTP/2 连接。',
    consequences:
      '一个 VirtualService 的路由被另一个的兜底路由挡住，而且对象重建后谁在前可能改变。证书共用时，浏览器访问另一个 Gateway 的主机会得到 404。',
    causes: [
      '多个团队在同一网关上都有主机为 "*" 的 VirtualService。',
      '其中一个有不带条件的路由。',
      '多个 Gateway 使用同一张通配符证书。',
    ],
    remedy: [
      '看所有 VirtualService 及其 gateways。',
      '给每个团队各自的主机或路径，或把一个主机的路由放在一个对象里（delegate）。',
      '把一张证书的所有主机放在一个 Gateway 里。',
    ],
  },
  'duplicate-chain-match': {
    title: '同一监听器的两条过滤器链匹配相同的连接',
    explanation: '一个监听器的两条过滤器链匹配同样的连接（端口、地址、服务器名、协议）。',
    consequences: 'Envoy 拒绝整个监听器并沿用旧版本，或者没有监听器：其中任何 server 的修改都不生效。',
    causes: ['多个 Gateway 的 server 在同一端口有相同主机。', 'EnvoyFilter 在 Istio 生成的链旁边又加了一条。'],
    remedy: ['看该端口的 Gateway。', '看 Envoy 拒绝了什么。', '让 istioctl 查找冲突。'],
  },
  'shadowed-chain': {
    title: '过滤器链永远不会被选中',
    explanation:
      '过滤器链要求的信息，其端口上没有监听器过滤器去探测：没有 TLS inspector 却要求服务器名或 TLS，没有 HTTP inspector 却要求 HTTP/1.1 或 h2c。（1.18 之前的 Envoy 会自动补上缺失的 TLS inspector。）',
    consequences: '没有连接会走这条链。它的流量走默认链，或被关闭。',
    causes: ['EnvoyFilter 去掉了 inspector，或在该端口关闭了它。', '监听器是手写的。'],
    remedy: ['看监听器过滤器。', '找到那个 EnvoyFilter。'],
  },
  'envoyfilter-present': {
    title: '这里有 Istio 自己不会设置的过滤器',
    explanation:
      '代理里运行着 Istio 控制面自己不会设置的过滤器：是 EnvoyFilter 加进来的。转储里能看到过滤器，看不到 EnvoyFilter 的名字。',
    consequences:
      '它可能以任何 VirtualService 和策略都看不出的方式修改、拖慢或拒绝请求。升级 Istio 时 EnvoyFilter 常常失效。',
    causes: ['有意加入脚本（Lua）、限流或请求头规则。', '测试之后忘了删。'],
    remedy: ['在这个命名空间或根命名空间里找到提到该过滤器的 EnvoyFilter。', '看它做什么。', '去掉它试试。'],
  },
  'unsupported-extension': {
    title: '某个扩展的判定无法只凭配置得知',
    explanation:
      '过滤器根据配置之外的东西判定：代码（Lua、Wasm），或别的服务（外部授权、限流）。mesh-trace 不执行代码，也不向谁查询。',
    consequences: '跟踪会当作过滤器放行继续下去，并说明这一点。实际上过滤器可能自行应答。',
    causes: ['有 WasmPlugin、EnvoyFilter 或 CUSTOM 授权策略作用于该工作负载。'],
    remedy: [
      '看有哪些模块。',
      '在访问日志里看过滤器应答了什么（详情 ext_authz_denied、lua_response 等）。',
      '解释标志或详情。',
    ],
  },
};
