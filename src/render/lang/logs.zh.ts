import type { LogTexts } from './logs-texts.js';

const UNSEEN = '请求带有日志中看不到的内容（例如某个请求头）';

export const LOGS_ZH: LogTexts = {
  summary: ({ lines, failing, groups, otherLines }) =>
    `共 ${lines} 行，其中 ${failing} 行是失败的请求，归为 ${groups.length} 种情况${otherLines === 0 ? '' : `；另有 ${otherLines} 行不是访问日志`}`,
  noFailures: '没有失败的请求。用 --all 查看所有行。',
  unplaced: lines => `有 ${lines} 行无法跟踪：看不出是哪个代理，或请求发往何处。可用 --proxy 指定代理。`,
  untraced: lines => `另有 ${lines} 行属于更多不同的请求，只计数、未跟踪；可用 --max-cases 提高上限。`,
  lines: (lines, requests) => `${lines} 行${requests === 1 ? '' : `，${requests} 个不同的请求`}`,
  agreements: {
    agrees: '配置可以解释这一结果。',
    changed: '当前配置的处理方式不同：',
    upstream: '配置会转发这样的请求：问题在对端，或在到对端的路上。请查看对端的日志和应用。',
    client: '配置会转发这样的请求：是客户端断开了连接，或违反了协议。',
    'run-time': '配置会转发这样的请求：Envoy 依据当时的运行状态（限额、负载、健康状况）作出了决定。',
    differs: '两者都会结束请求，但方式不同：',
    undetermined: '仅凭现有配置无法判定。',
  },
  share: share => `这样的请求中有 ${share} 会如此。`,
  otherCluster: cluster => `日志中的请求去了 ${cluster}，而现在这样的请求不会到那里。`,
  otherwise: {
    newer: time => `这些日志行写下之后配置改过（最后更新于 ${time}），或者这不是该代理的配置，或者${UNSEEN}。`,
    older: time =>
      `配置在这些日志行之后没有更新过（最后更新于 ${time}），因此可能是转储取得较早，或者日志属于另一个代理，或者${UNSEEN}。`,
    unknown: `日志写下之后配置改过，或者这不是当时代理所用的配置，或者${UNSEEN}。`,
  },
  limits: limits => `这样的请求的时限：${limits}。`,
  noLimit: fields =>
    `这样的请求在此没有 ${fields.join('，也没有 ')}，Envoy 不会因超时放弃，除非请求头要求（x-envoy-upstream-rq-timeout-ms）。`,
  took: durations => `日志中的耗时：${durations}。`,
  traced: '跟踪',
  finding: '发现',
  means: '含义',
  next: '接下来',
  traceIt: '单独跟踪',
};
