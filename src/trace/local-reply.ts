import { matchReply } from '../match/access-log-filter.js';
import { isUnknown } from '../match/ternary.js';
import { headerLookup } from './headers.js';
import type { End, Tracing } from './tracing.js';

/**
 * An end as the client gets it: the first mapper of the connection manager's `local_reply_config` that takes an answer of Envoy's own may give
 * it another code. A mapper that is not decided leaves it alone, and is told.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/local_reply
 */
export function mappedReply(trace: Tracing, end: End): End {
  if (trace.http === null || end.outcome !== 'responded' || end.reason === 'cors_preflight') return end;
  const facts = { code: end.responseCode, flag: end.responseFlag, headers: headerLookup(trace) };
  for (const mapper of trace.terminal?.config.get('local_reply_config')?.list('mappers') ?? []) {
    const result = matchReply(mapper.get('filter'), facts);
    if (isUnknown(result)) trace.assumptions.add(`a mapper of local replies leaves this one alone (${result.what})`);
    if (result !== true) continue;
    const code = mapper.number('status_code');
    if (code === undefined || code === end.responseCode) return end;
    return {
      ...end,
      responseCode: code,
      because: `${end.because} (local_reply_config makes ${code} of ${end.responseCode})`,
    };
  }
  return end;
}
