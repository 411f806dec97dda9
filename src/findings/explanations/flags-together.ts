import type { Flag } from '../response-flags.js';
import type { Language } from './text.js';

interface Together {
  flags: readonly [Flag, Flag];
  means: Record<Language, string>;
}

/** Pairs of flags that say more together than alone. */
export const FLAGS_TOGETHER: readonly Together[] = [
  {
    flags: ['UF', 'URX'],
    means: {
      en: 'UF with URX: every try failed to connect. The server or its port is down for all, or TLS does not fit; for TCP this pair is the usual form of UF.',
      zh: 'UF 与 URX 同时出现：每一次尝试都没有连上。服务端或其端口对所有请求都不可用，或者 TLS 不匹配；对 TCP 连接来说，这是 UF 的常见形式。',
    },
  },
  {
    flags: ['UC', 'URX'],
    means: {
      en: 'UC with URX: every try was cut off by the server. One idle connection does not explain that; look at crashes, mutual TLS and policies.',
      zh: 'UC 与 URX 同时出现：每一次尝试都被服务端断开。这不是单个空闲连接能解释的；请检查崩溃、双向 TLS 和策略。',
    },
  },
  {
    flags: ['UT', 'URX'],
    means: {
      en: 'UT with URX: the tries ran out of time one after the other. Retrying makes a slow server slower.',
      zh: 'UT 与 URX 同时出现：每一次尝试都依次超时。对本来就慢的服务端重试只会让它更慢。',
    },
  },
  {
    flags: ['DI', 'FI'],
    means: {
      en: 'DI with FI: one fault rule both delayed and ended the request.',
      zh: 'DI 与 FI 同时出现：同一条故障注入规则先延迟、再终止了请求。',
    },
  },
  {
    flags: ['DC', 'DI'],
    means: {
      en: 'DC with DI: the client went away while a fault rule held the request back.',
      zh: 'DC 与 DI 同时出现：故障注入规则正在延迟请求时，客户端已经断开。',
    },
  },
];
