import type { ENDPOINT_PAGES } from '../endpoints.js';
import type { ChinesePages } from './page.js';

export const ENDPOINT_PAGES_ZH: ChinesePages<keyof typeof ENDPOINT_PAGES> = {
  'no-endpoints': {
    title: '服务没有端点',
    explanation:
      '服务是已知的，集群也在，但 istiod 没有给出任何地址：后面没有就绪的 Pod，或者没有 Pod 带子集要求的标签。',
    consequences: 'Envoy 不尝试连接，立即返回 503 UH（no_healthy_upstream）。',
    causes: [
      'Service 的选择器不匹配任何 Pod：某一侧改了标签。',
      'Pod 存在但没有就绪：就绪探针失败。',
      'Deployment 缩容到了 0。',
      'DestinationRule 的子集要求的标签没有 Pod 带。',
    ],
    remedy: ['看 Kubernetes 有哪些地址。', '比较选择器与 Pod 的标签。', '看服务定义。', '看 Pod 为什么没有就绪。'],
  },
  'ejected-endpoints': {
    title: '异常检测剔除了端点',
    explanation: '异常检测统计到端点的失败（5xx 或连接失败），把它暂时移出负载均衡；每剔除一次，时间更长。',
    consequences: '其他端点承担负载。如果全部被剔除且恐慌阈值为 0（Istio 配置异常检测时就是如此），Envoy 返回 503 UH。',
    causes: [
      'Pod 返回错误或超时。',
      'outlierDetection 对 Pod 很少的服务过于严格（错误数少、maxEjectionPercent 为 100）。',
      '故障测试或过载已经过去：剔除会自行结束。',
    ],
    remedy: [
      '看哪些端点没有通过异常检测。',
      '查明 Pod 失败的原因。',
      'Pod 少时降低 maxEjectionPercent 或提高 consecutive5xxErrors。',
    ],
  },
  'no-healthy-endpoints': {
    title: '服务有端点，但没有一个健康',
    explanation:
      '集群有端点，但 Envoy 一个也不能用：全部健康检查失败或被标为不健康，而恐慌阈值为 0（或设置了 fail_traffic_on_panic），不会勉强使用。',
    consequences: 'Envoy 返回 503 UH（no_healthy_upstream）。',
    causes: [
      'Pod 没有就绪或正在结束（EDS 健康状态 UNHEALTHY、DRAINING）。',
      '一部分端点被异常检测剔除，其余健康检查失败。',
    ],
    remedy: ['看每个端点的状态。', '看 Pod 为什么没有就绪。', '看应用日志。'],
  },
  'panic-mode': {
    title: '健康端点太少，健康状态被忽略',
    explanation:
      '健康端点的比例低于恐慌阈值（默认 50 %；Istio 配置异常检测时为 0）。这时 Envoy 认为健康信息不可信，改用全部端点，以免压垮剩下的健康端点。',
    consequences: '一部分请求会发到不健康的端点并失败。',
    causes: ['超过一半的 Pod 健康检查失败。', '小服务的大部分 Pod 被异常检测剔除。'],
    remedy: [
      '看哪些端点不健康。',
      '修复 Pod。',
      '如果绝不能使用不健康端点，设置 outlierDetection 的 minHealthPercent。',
    ],
  },
  'target-port-unserved': {
    title: '服务发往容器没有声明的端口',
    explanation:
      'Service 把请求发到 Pod 上没有任何容器声明的端口（依据该 Pod 代理元数据中的 POD_PORTS）。Kubernetes 不强制容器声明端口，所以这是很强的线索，但不是证据。',
    consequences: '如果那里没有进程监听，两侧代理都会转发，应用一侧拒绝连接：服务端代理记 503 UF，客户端看到 503。',
    causes: [
      '改了容器端口，没有同时改 targetPort。',
      '没有写 targetPort：默认等于服务自己的端口。',
      '应用监听了清单里没有声明的端口（那就没有问题）。',
    ],
    remedy: ['看 targetPort。', '看容器声明了什么端口。', '看实际监听的端口。'],
  },
  'mirror-target-missing': {
    title: '镜像的目标不存在或没有端点',
    explanation: '路由把请求镜像到一个不存在、或没有可用端点的集群。',
    consequences: '请求本身不受影响，它们的副本被静默丢弃。',
    causes: ['镜像的子集或服务被删除。', '镜像的 Pod 缩容到了 0。'],
    remedy: ['看镜像目标有没有端点。', '改正或去掉镜像。'],
  },
  'fault-injected': {
    title: 'VirtualService 注入了故障',
    explanation: 'VirtualService 让 Envoy 注入故障：自行应答（abort）或延迟。这由客户端自己的代理在发送之前完成。',
    consequences:
      'abort 在日志中记为标志 FI 和 VirtualService 指定的状态码，延迟记为 DI。服务端没有问题，也看不到被中止的请求。',
    causes: ['正在做混沌测试。', '测试已经结束，故障配置忘了删。'],
    remedy: ['看故障配置。', '从路由里去掉 `fault`。'],
  },
  'timeout-shorter-than-retries': {
    title: '超时在重试之前就到了',
    explanation: '路由的超时包含所有尝试。它比这些尝试可能花的时间短：（重试次数 + 1）× perTryTimeout。',
    consequences:
      '最后几次重试永远不会执行；超时不长于一次尝试时，慢请求之后根本不会重试。客户端得到 504（UT），重试只是给人虚假的安全感。',
    causes: ['设置超时的时候没有考虑重试。', '提高了 perTryTimeout，没有提高超时。'],
    remedy: ['把 timeout 设为（attempts + 1）× perTryTimeout 或更长，或缩短 perTryTimeout。'],
  },
  'retry-amplification': {
    title: '重试会成倍放大故障服务的负载',
    explanation:
      '路由对服务端错误（5xx、gateway-error、reset）重试很多次。Istio 默认只重试两次，而且只针对服务端还没有处理的失败。',
    consequences: '因过载而失败的服务会得到成倍的负载。沿调用链还会相乘：三跳、每跳重试五次，一个请求最多变成 216 个。',
    causes: ['把 attempts 设得很大来掩盖错误。', '一条调用链上的多个服务都对 5xx 重试。'],
    remedy: [
      '只在链上的一跳、对 connect-failure、refused-stream 和 unavailable 重试两三次。',
      '限制重试能增加的量（connectionPool.http.maxRetries）。',
    ],
  },
};
