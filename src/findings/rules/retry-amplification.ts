import { evidenceOf } from '../../trace/evidence.js';
import { edit } from '../kubectl.js';
import { describeRoute, routeOwner } from '../provenance.js';
import type { Rule } from '../rule.js';
import { sentence } from '../words.js';

/** Retries from here on are worth knowing, and worth a warning; Istio’s own default is 2. */
const MANY = 5;
const TOO_MANY = 10;

/** Conditions under which the server has done the work already when it is asked again. */
const REPEATS_WORK = /5xx|gateway-error|retriable-status-codes|retriable-4xx|reset(?!-before)/;

/** Many retries of requests that reached the server: under failure each client sends a multiple of its load, at every hop of a chain anew. */
export const retryAmplification: Rule = {
  code: 'retry-amplification',
  route: subject => {
    const retries = subject.route.get('route')?.get('retry_policy') ?? subject.virtualHost.get('retry_policy');
    const count = retries?.number('num_retries') ?? 0;
    if (retries === undefined || count < MANY || !REPEATS_WORK.test(retries.string('retry_on') ?? '')) return [];
    const owner = routeOwner(subject);
    return [
      {
        severity: count >= TOO_MANY ? 'warning' : 'info',
        resource: owner,
        evidence: [evidenceOf(subject.resource, retries.pointer)],
        why: `${sentence(describeRoute(subject))} retries up to ${count} times on ${retries.string('retry_on')}: when the server fails, it gets up to ${count + 1} times the requests, and where several hops of a call retry so, the numbers multiply.`,
        remedy: `Retry two or three times, on connect-failure, refused-stream and unavailable only, and at one hop of a call chain (${edit(owner)}).`,
      },
    ];
  },
};
