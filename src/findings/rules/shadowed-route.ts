import { evidenceOf } from '../../trace/evidence.js';
import type { Draft } from '../finding.js';
import { edit } from '../kubectl.js';
import { describeRoute, routeOwner } from '../provenance.js';
import { siblingOf } from '../route-cover.js';
import type { Rule } from '../rule.js';
import { type Shadowing, shadowingsIn } from '../shadowing.js';
import type { VirtualHostSubject } from '../subjects.js';
import { sentence } from '../words.js';

/** A route behind one that takes all of its requests: routes are tried in order, and the first that matches wins. */
export const shadowedRoute: Rule = {
  code: 'shadowed-route',
  virtualHost: subject =>
    shadowingsIn(subject)
      .filter(({ earlier, later }) => siblingOf(earlier.get('match') ?? earlier, later.get('match') ?? later) === null)
      .map(pair => draftOf(subject, pair)),
};

function draftOf(subject: VirtualHostSubject, { earlier, earlierIndex, later, laterIndex }: Shadowing): Draft {
  const taken = { ...subject, route: later, index: laterIndex };
  const taker = { ...subject, route: earlier, index: earlierIndex };
  const owner = routeOwner(taken);
  return {
    resource: owner,
    evidence: [evidenceOf(subject.resource, later.pointer), evidenceOf(subject.resource, earlier.pointer)],
    why: `${sentence(describeRoute(taken))} (${describeMatch(later)}) can never match: ${describeRoute(taker)} (${describeMatch(earlier)}) stands before it and takes all of its requests.`,
    remedy: `Put the more special route first (${edit(owner)}).`,
  };
}

function describeMatch(route: Shadowing['later']): string {
  const match = route.get('match');
  for (const field of ['prefix', 'path', 'path_separated_prefix'] as const) {
    const text = match?.string(field);
    if (text !== undefined) return `${field === 'path' ? 'path' : 'prefix'} ${text}`;
  }
  return match?.get('safe_regex') === undefined
    ? 'any path'
    : `regex ${match.get('safe_regex')?.string('regex') ?? ''}`;
}
