import { fractionOf } from '../../match/fraction.js';
import { unwrapAny } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { evidenceOf } from '../../trace/evidence.js';
import { percent } from '../../trace/percent.js';
import { edit } from '../kubectl.js';
import { describeRoute, routeOwner } from '../provenance.js';
import type { Rule } from '../rule.js';
import type { RouteSubject } from '../subjects.js';
import { sentence } from '../words.js';

/**
 * A fault that a VirtualService has Envoy inject, left over from a test or not.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/fault/v3/fault.proto
 */
export const faultInjected: Rule = {
  code: 'fault-injected',
  route: subject => {
    const fault = faultOf(subject);
    if (fault === null) return [];
    const parts = [describeAbort(fault.get('abort')), describeDelay(fault.get('delay'))].filter(part => part !== null);
    if (parts.length === 0) return [];
    const owner = routeOwner(subject);
    return [
      {
        resource: owner,
        evidence: [evidenceOf(subject.resource, fault.pointer)],
        why: `${sentence(describeRoute(subject))} ${parts.join(' and ')}, by an injected fault: the caller’s own Envoy does so, the server is not at fault.`,
        remedy: `Take \`fault\` out of the route when the test is over (${edit(owner)}).`,
      },
    ];
  },
};

/** The fault filter’s override on the route, else on its virtual host; v2 has it under `per_filter_config`. */
function faultOf({ route, virtualHost }: RouteSubject): View | null {
  for (const holder of [route, virtualHost]) {
    for (const field of ['typed_per_filter_config', 'per_filter_config']) {
      const found = holder.entries(field).find(([name]) => name.endsWith('fault'));
      if (found !== undefined) return unwrapAny(found[1]).config;
    }
  }
  return null;
}

function describeAbort(abort: View | undefined): string | null {
  const status = abort?.number('http_status') ?? abort?.number('grpc_status');
  if (abort === undefined || status === undefined) return null;
  return `answers ${percent(shareOf(abort))} of the requests with ${status}`;
}

function describeDelay(delay: View | undefined): string | null {
  if (delay === undefined) return null;
  return `delays ${percent(shareOf(delay))} of the requests by ${delay.string('fixed_delay') ?? 'a time that a header says'}`;
}

/** v2 has `percent`, v3 `percentage`. */
function shareOf(part: View): number {
  const early = part.number('percent');
  return early === undefined ? fractionOf(part.get('percentage')) : early / 100;
}
