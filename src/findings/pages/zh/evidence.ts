import type { EVIDENCE_PAGES } from '../evidence.js';
import type { ChinesePages } from './page.js';

export const EVIDENCE_PAGES_ZH: ChinesePages<keyof typeof EVIDENCE_PAGES> = {
  'truncated-dump': {
    title: '转储文件被截断',
    explanation: '某个文件在 JSON 中间就结束了。mesh-trace 使用断点之前的内容，其余部分视为未知。',
    consequences: '有些东西看起来缺失，其实只是不在文件里。缺失部分不影响结论时结论成立，否则结论为“无法判定”。',
    causes: ['写转储时磁盘满了，或者连接中断。', '终端或聊天工具截断了过长的粘贴内容。', '文件还在写入时就被复制。'],
    remedy: ['重新获取转储。', '确认 JSON 是完整的。'],
  },
  'dump-without-endpoints': {
    title: '转储中没有端点',
    explanation:
      'Envoy 的 /config_dump 默认不包含 EDS 下发的内容，除非带上 include_eds。转储里有集群，但没有集群背后的地址。',
    consequences: '无法判断服务有没有端点、端点是否健康。跟踪会在端点这一跳以“无法判定”结束。',
    causes: [
      '只用 /config_dump 获取了转储。',
      '由 1.19.1 之前的 istioctl 获取：它的 `proxy-config all -o json` 不含端点。',
      '只保存了单项列表（监听器、集群、路由）。',
    ],
    remedy: [
      '获取包含端点的转储。',
      '用 1.19.1 之前的 istioctl 时，另外保存端点，放在一起。',
      '再加上 Envoy 所知的健康状态。',
    ],
  },
  'partial-dump': {
    title: '保存的配置缺少部分列表',
    explanation: '跟踪依次经过监听器、路由表、集群、端点。手头的文件只包含其中一部分列表。',
    consequences:
      '需要其余列表的跟踪在那一跳以“无法判定”结束，之前各跳的结论仍然成立。检查也无法发现没有保存的内容里的问题。',
    causes: [
      '只保存了单项列表（istioctl proxy-config listeners、routes、clusters），或者只保存了某个名字、某个端口的列表。',
      '获取转储时加了过滤（/config_dump?resource=… 或 ?mask=…）。',
      '有多个文件，但漏给了一个。',
    ],
    remedy: [
      '一次保存全部配置。',
      'Istio 1.10 之前，直接向 Envoy 获取。',
      '或者把这个代理的各个单项列表放进同一个文件夹，然后给出该文件夹。',
    ],
  },
  'proxy-not-connected': {
    title: 'istiod 的列表里没有这个代理',
    explanation: 'istiod 的列表（istioctl proxy-status）没有列出手头有其配置的代理：它与这个控制面没有连接。',
    consequences: '它的 Envoy 一直运行最后收到的配置，新的变更到不了：先是端点过期，然后是证书过期。',
    causes: [
      'agent 连不上 istiod：NetworkPolicy、DNS，或者发现地址不对。',
      'istiod 拒绝了它的令牌或证书。',
      'Pod 属于另一个修订版本，而那个控制面已经不在了。',
      'Pod 已经不存在，转储是旧的。',
    ],
    remedy: [
      '看 Pod 是否还在、agent 说了什么。',
      '列出 istiod 知道的代理。',
      '看 istiod 怎么说。',
      '控制面换过时，重启 Pod。',
    ],
  },
  'rejected-config': {
    title: 'Envoy 拒绝了一次配置更新',
    explanation:
      'istiod 下发了监听器、集群、路由表或密钥，Envoy 拒绝了它（NACK，转储中的 error_state）。Envoy 继续用之前的版本；之前没有版本时，这个资源就根本不存在。',
    consequences:
      '变更在这个代理上不生效。从未被接受的监听器，其流量会落到兜底处理：不受任何规则约束地直通，或被丢弃。',
    causes: [
      'EnvoyFilter 加入了这个 Envoy 不认识的或不合法的过滤器、字段。',
      '有 RE2 不接受的正则表达式，或无法读取的证书。',
      '两个 Gateway 或 VirtualService 合在一起变得不合法。',
      'istiod 比代理新，下发了代理不认识的内容。',
    ],
    remedy: [
      '看 Envoy 给出的原因，其中会指出字段。',
      '在 istiod 日志里看同样的内容。',
      '找到引起问题的 EnvoyFilter。',
      '让 istioctl 查找冲突。',
      '修改之后确认代理已接受。',
    ],
  },
  'warming-resource': {
    title: '某个资源在等待尚未到达的东西',
    explanation:
      '在监听器、集群或密钥所引用的一切（SDS 的证书、EDS 的端点、RDS 的路由表）到齐之前，Envoy 不启用它。现在还缺一样。',
    consequences: '这个资源不提供服务。预热中的集群等同于不存在（503 NC）；证书没到的网关过滤器链会关闭所有 TLS 连接。',
    causes: [
      'Gateway 的 credentialName 指向的 Secret 在网关自己的命名空间里不存在，或者里面没有证书和私钥。',
      '网关的服务账号没有读取 Secret 的权限。',
      'istiod 没有下发端点或路由表，或者连不上 istiod。',
      '通过 ECDS 下发的过滤器配置（Wasm 模块）取不到。',
    ],
    remedy: ['看哪些密钥已经到达。', '看网关的命名空间里有没有这个 Secret。', '没有就创建。', '看 istiod 怎么说。'],
  },
  'stale-config': {
    title: 'Envoy 运行的配置比 istiod 的旧',
    explanation:
      'istiod 为该代理生成的转储（或它的列表）与 Envoy 实际运行的不一致：某次更新没有发出、没有到达，或没有被接受。',
    consequences: '请求按旧配置走：发往已经不存在的 Pod、错过新路由、进入已经没有的集群。',
    causes: [
      '代理与 istiod 之间的连接卡住或断开，没有重建。',
      'istiod 过载或推送滞后。',
      'Envoy 拒绝了更新（这时会有 rejected-config）。',
      '两份转储不是同一时间获取的。',
    ],
    remedy: [
      '看每一处差异及其对请求的影响。',
      '看每种类型的同步状态。',
      '看 agent 是否已连接。',
      '重启 Pod，它会重新加载全部配置。',
    ],
  },
  'version-skew': {
    title: '代理之间的版本相差太大',
    explanation: '代理运行的 Istio 版本相差超过一个小版本。一个 istiod 只支持与自己相同的小版本和前一个小版本的代理。',
    consequences: '其中必有一个不在任何 istiod 的支持范围内：它可能收到自己会拒绝、或理解不同的配置。',
    causes: [
      '升级之后没有重启 Pod：边车的版本在 Pod 重建前不会变。',
      '安装了多个修订版本，某个命名空间还带着旧版本的标签。',
    ],
    remedy: ['看所有版本。', '重启落后的工作负载。', '看命名空间要的是哪个修订版本。'],
  },
};
