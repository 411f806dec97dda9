import type { ROUTING_PAGES } from '../routing.js';
import type { ChinesePages } from './page.js';

export const ROUTING_PAGES_ZH: ChinesePages<keyof typeof ROUTING_PAGES> = {
  'missing-route-table': {
    title: '监听器引用了 Envoy 没有的路由表',
    explanation: '监听器的 HTTP 连接管理器按名字取路由表（RDS），而 Envoy 没有这个名字的表。',
    consequences: '该监听器上的每个 HTTP 请求，不论主机和路径，都会得到 404 NR。',
    causes: [
      'istiod 没有下发这张表：代理没有连接，或者订阅丢失。',
      'Envoy 拒绝了这张表，而之前也没有（rejected-config）。',
      '转储是在代理启动过程中获取的。',
    ],
    remedy: ['看有哪些路由表。', '看 RDS 是否同步。', '看 istiod 怎么说。', '订阅丢失时重启 Pod。'],
  },
  'missing-subset': {
    title: '路由引用了没有任何 DestinationRule 定义的子集',
    explanation:
      'VirtualService 把请求路由到某个子集，但没有适用于该主机的 DestinationRule 定义这个子集。Istio 为 DestinationRule 的每个子集生成一个集群；没有它，路由就指向一个谁也没有创建的集群。',
    consequences: '走这条路由的每个请求都得到 503 NC；按权重分流时只有分到该子集的那部分失败，看起来像服务时好时坏。',
    causes: [
      'DestinationRule 被修改或删除，而 VirtualService 仍引用该子集。',
      'VirtualService 先于 DestinationRule 应用。',
      '名字差一个字母，或者 DestinationRule 针对的是别的主机或命名空间。',
      'DestinationRule 没有导出到客户端的命名空间（exportTo）。',
    ],
    remedy: [
      '看代理有哪些子集。',
      '把子集加到 DestinationRule。',
      '或者从 VirtualService 中去掉它。',
      '让 istioctl 查找其他同类问题（IST0101）。',
    ],
  },
  'cluster-not-found': {
    title: '路由引用了不存在的集群',
    explanation:
      '路由指向 Envoy 没有的集群。Istio 为服务和 ServiceEntry 的主机与端口生成集群；这个目的地的主机或端口不在其中。',
    consequences: '走这条路由的每个请求都得到 503 NC（cluster_not_found）。',
    causes: [
      '目的地的主机名拼错，或者短名字按 VirtualService 的命名空间补全了。',
      '目的地写的端口不是服务的端口。',
      '服务被删除，或在网格的另一个集群里。',
      '请求发往服务没有的端口：Istio 仍会在路由表 80 里为它生成虚拟主机。',
    ],
    remedy: ['看代理知道哪些主机和端口。', '看服务定义。', '改正目的地。'],
  },
  'no-route-matches': {
    title: '虚拟主机里没有路由匹配这个请求',
    explanation: '请求对应的虚拟主机存在，但没有一条路由接受这个请求。这时 Envoy 不会再看别的虚拟主机。',
    consequences: 'Envoy 返回 404 NR（route_not_found）。',
    causes: [
      'VirtualService 的每条路由都有条件，没有不带条件的路由。',
      '请求头或路径逐字比较：“gold”不是“Gold”，“/items”不是“/items/”。',
      '请求缺少所有路由都要求的请求头。',
    ],
    remedy: ['看每条路由要求什么、缺了什么。', '在末尾加一条不带条件的路由。'],
  },
  'prefix-swallows-sibling': {
    title: '结尾没有斜杠的前缀匹配了不属于它的路径',
    explanation: '前缀按字符比较，不按路径段比较。“/test”会匹配“/test/1”，也会匹配“/test1”和“/testing”。',
    consequences: '只是开头相同的路径被送到错误的服务。返回的往往是那个服务的 404，在 Envoy 日志里看起来是正常请求。',
    causes: ['VirtualService 的前缀结尾没有斜杠。', '更宽泛的路由排在前面。'],
    remedy: ['前缀写成带结尾斜杠的形式，并为不带斜杠的路径另加精确匹配。', '看某个路径走哪条路由。'],
  },
  'shadowed-route': {
    title: '路由永远不会匹配，请求都被前面的路由取走',
    explanation: '路由按顺序尝试，第一条匹配的生效。这条路由排在一条会取走其全部请求的路由之后。',
    consequences: '这条路由永远得不到请求：它的目的地、超时、请求头和故障注入都不起作用。',
    causes: [
      '宽泛的前缀写在了特殊前缀之前。',
      '不带条件的路由不在最后。',
      '同一主机的多个 VirtualService 被合并，而合并顺序没有保证。',
    ],
    remedy: ['把特殊的路由放到前面。', '看 Envoy 里的实际顺序。'],
  },
  'redirect-loop': {
    title: '重定向又回到自己',
    explanation: '路由返回的重定向地址又被同一个代理重定向，最后回到起点。',
    consequences: '客户端一直绕圈直到放弃：浏览器提示“重定向次数过多”。',
    causes: [
      '不带结尾斜杠的前缀重定向到带斜杠的同一路径，而该前缀又匹配它。',
      '一条路由把 http 转到 https，另一条把 https 转到 http。',
      '网关前的负载均衡终止了 TLS，网关的 httpsRedirect 每次看到的都是明文 HTTP。',
    ],
    remedy: ['在做重定向的路由里用精确路径匹配。', '逐步查看。', '看 Gateway 的 httpsRedirect。'],
  },
  'regex-not-re2': {
    title: '正则表达式不是 RE2 语法',
    explanation:
      'Envoy 使用 RE2，它不支持前瞻、后顾和反向引用。这个表达式用了它不接受的写法。（API v2 的 regex 字段是 ECMAScript 语法，在升级 Envoy 之前可用。）',
    consequences: 'Envoy 拒绝整张路由表并沿用旧表，之后对表中任何主机的修改都不生效。',
    causes: ['表达式是从 nginx、Java 或 JavaScript 搬来的。', '还留着 Istio 1.4 之前的 VirtualService。'],
    remedy: ['改写表达式。', '让 istioctl 检查所有表达式（IST0122）。'],
  },
  'duplicate-domain': {
    title: '同一路由表的两个虚拟主机有相同的域名',
    explanation: '一张路由表里的两个虚拟主机有同一个域名（不区分大小写）。',
    consequences: 'Envoy 拒绝整张表并沿用旧表：对其中任何主机的修改都不生效。',
    causes: ['两个 ServiceEntry 或 VirtualService 声明了同一主机。', 'EnvoyFilter 加入了已经存在的虚拟主机。'],
    remedy: ['让 istioctl 指出冲突的对象（IST0109）。', '看涉及该主机的对象。', '看 ServiceEntry。'],
  },
  'domain-port-mismatch': {
    title: 'Host 头里的端口不是服务的端口',
    explanation:
      'Envoy 用带端口的 Host 头与虚拟主机的域名比较。“reviews:9999”不是“reviews:8888”，也不是“reviews”，除非路由表忽略端口（Istio 1.16 起如此）。',
    consequences: '请求落到兜底虚拟主机：不受规则约束地直通、被丢弃（502），或得到 404。',
    causes: [
      '客户端发出的 Host 头端口不是服务的端口，常见于端口转发或经过别的代理。',
      '虚拟主机是手写的，带着别的监听器的端口。',
    ],
    remedy: ['看路由表接受哪些主机和端口。', '发送匹配的 Host 头。'],
  },
  'weights-do-not-sum': {
    title: '路由的权重加起来不对',
    explanation: '路由各目的地的权重之和为 0，或与路由声明的总数不同。',
    consequences: '权重全为 0 的路由会被 Envoy 拒绝。总数不符时旧版 Envoy 拒绝，新版按实际之和分配，比例与所写的不同。',
    causes: ['从分流中去掉了一个目的地，其余权重没有调整。', '所有权重都设成了 0。'],
    remedy: ['让权重之和为 100。', '看 Envoy 里的实际值。'],
  },
};
