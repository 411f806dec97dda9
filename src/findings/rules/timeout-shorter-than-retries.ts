import { evidenceOf } from '../../trace/evidence.js';
import { edit } from '../kubectl.js';
import { describeRoute, routeOwner } from '../provenance.js';
import type { Rule } from '../rule.js';
import { sentence } from '../words.js';

/**
 * The route’s timeout spans all tries. Where it is no longer than one try, no retry after a slow try ever runs: a warning; where it ends
 * before the last one, a part of them cannot: worth knowing.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-upstream-rq-per-try-timeout-ms
 */
export const timeoutShorterThanRetries: Rule = {
  code: 'timeout-shorter-than-retries',
  route: subject => {
    const action = subject.route.get('route');
    const retries = action?.get('retry_policy') ?? subject.virtualHost.get('retry_policy');
    const timeout = action?.milliseconds('timeout') ?? 0;
    const perTry = retries?.milliseconds('per_try_timeout') ?? 0;
    const count = retries?.number('num_retries') ?? 1;
    if (action === undefined || retries === undefined || timeout === 0 || perTry === 0 || count === 0) return [];
    const needed = (count + 1) * perTry;
    if (timeout >= needed) return [];
    const owner = routeOwner(subject);
    const never = timeout <= perTry;
    const possible = Math.floor(timeout / perTry);
    return [
      {
        severity: never ? 'warning' : 'info',
        resource: owner,
        evidence: [evidenceOf(subject.resource, action.at('timeout')), evidenceOf(subject.resource, retries.pointer)],
        why: `${sentence(describeRoute(subject))} allows ${count} ${count === 1 ? 'retry' : 'retries'} of ${seconds(perTry)} each, ${seconds(needed)} with the first try, and ${seconds(timeout)} in all: ${never ? 'after a slow try no retry can run' : `only ${possible} slow ${possible === 1 ? 'try' : 'tries'} fit`}, and the client gets 504.`,
        remedy: `Set the timeout to ${seconds(needed)} or more, or make perTryTimeout shorter (${edit(owner)}).`,
      },
    ];
  },
};

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}
