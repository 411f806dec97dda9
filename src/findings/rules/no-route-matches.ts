import { withoutSecretText } from '../../model/redact/secret-text.js';
import { evidenceOf } from '../../trace/evidence.js';
import type { Candidate } from '../../trace/result.js';
import { isPlaceholder } from '../gateway-hosts.js';
import { edit } from '../kubectl.js';
import { originOf } from '../provenance.js';
import type { Rule } from '../rule.js';
import { stepOf } from '../touched.js';

const MOST = 4;

/** A virtual host for the request is there, and none of its routes takes it: Envoy never falls back to another virtual host. */
export const noRouteMatches: Rule = {
  code: 'no-route-matches',
  trace: ({ result, touched }) => {
    const { virtualHost } = touched;
    if (result.reason !== 'no_route' || virtualHost === null || isPlaceholder(virtualHost.virtualHost)) return [];
    const name = virtualHost.virtualHost.string('name') ?? '';
    const origin = virtualHost.virtualHost
      .list('routes')
      .map(originOf)
      .find(found => found !== null);
    const misses = (stepOf(result, 'route')?.candidates ?? []).slice(0, MOST).map(describe);
    const near = misses.length === 0 ? 'it has no routes' : misses.join('; ');
    return [
      {
        resource: origin ?? { kind: 'route', namespace: null, name: virtualHost.table.string('name') ?? '' },
        evidence: [evidenceOf(virtualHost.resource, virtualHost.virtualHost.pointer)],
        why: `No route of virtual host ${name} matches ${String(result.request.method)} ${withoutSecretText(String(result.request.path))}: ${near}. Envoy answers 404 NR.`,
        remedy:
          origin === undefined
            ? 'Send what one of the routes asks for, or add a route without conditions at the end.'
            : `Send what one of the routes asks for (values are compared letter by letter, with case), or add a route without conditions at the end (${edit(origin)}).`,
      },
    ];
  },
};

function describe({ name, reason }: Candidate): string {
  return `route ${name ?? '(unnamed)'}: ${reason}`;
}
