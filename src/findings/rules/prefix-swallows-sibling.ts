import { pathOnly } from '../../match/path.js';
import { matchRoute } from '../../match/route-match.js';
import type { View } from '../../model/view.js';
import { evidenceOf } from '../../trace/evidence.js';
import type { Draft } from '../finding.js';
import { edit } from '../kubectl.js';
import { describeRoute, routeOwner } from '../provenance.js';
import { requestFacts } from '../request-facts.js';
import { beyondSegment, covers, prefixOf, siblingOf } from '../route-cover.js';
import type { Rule, TraceScope } from '../rule.js';
import { shadowingsIn } from '../shadowing.js';
import type { RouteSubject } from '../subjects.js';
import { routesIn } from '../subjects-in.js';
import { sentence } from '../words.js';

/** A prefix compares letters, not path segments: `/test` takes `/test1` as well. */
export const prefixSwallowsSibling: Rule = {
  code: 'prefix-swallows-sibling',
  virtualHost: subject =>
    shadowingsIn(subject).flatMap(({ earlier, earlierIndex, later, laterIndex }) => {
      const rest = siblingOf(earlier.get('match') ?? earlier, later.get('match') ?? later);
      if (rest === null) return [];
      const taken = { ...subject, route: later, index: laterIndex };
      const taker = { ...subject, route: earlier, index: earlierIndex };
      const prefix = prefixOf(earlier.get('match') ?? earlier) ?? '';
      return [draftOf(taker, prefix, `${prefix}${rest}`, `${describeRoute(taken)} can never match`)];
    }),
  proxy: ({ proxy }) => routesIn(proxy).flatMap(possible),
  trace: trace => (trace.touched.route === null ? [] : taken(trace, trace.touched.route)),
};

/** The request at hand: its path goes on inside the segment, and another route would take it else. */
function taken(trace: TraceScope, subject: RouteSubject): Draft[] {
  const path = pathOnly(String(trace.result.request.path));
  const prefix = prefixOf(subject.route.get('match') ?? subject.route);
  if (prefix === null || beyondSegment(prefix, path) === null) return [];
  const facts = requestFacts(trace.result);
  const others = subject.virtualHost.list('routes').slice(subject.index + 1);
  const index = others.findIndex(other => matchRoute(other.get('match') ?? other, facts).result === true);
  const other = others[index];
  const effect =
    other === undefined
      ? 'no other route would take it'
      : `${describeRoute({ ...subject, route: other, index: subject.index + 1 + index })} would else take it`;
  return [{ ...draftOf(subject, prefix, path, effect), severity: other === undefined ? 'info' : 'warning' }];
}

/** Without a request: a prefix without a closing slash before a route for everything that goes elsewhere. */
function possible(subject: RouteSubject): Draft[] {
  const match = subject.route.get('match') ?? subject.route;
  const prefix = prefixOf(match);
  if (prefix === null || prefix === '' || prefix.endsWith('/')) return [];
  const others = subject.virtualHost.list('routes').slice(subject.index + 1);
  const rest = others.find(other => covers(other.get('match') ?? other, match) && !sameTarget(other, subject.route));
  if (rest === undefined) return [];
  return [
    {
      ...draftOf(subject, prefix, `${prefix}-other`, 'paths that only begin alike go there too'),
      severity: 'info',
    },
  ];
}

function sameTarget(a: View, b: View): boolean {
  return JSON.stringify(a.get('route')?.raw('cluster')) === JSON.stringify(b.get('route')?.raw('cluster'));
}

function draftOf(subject: RouteSubject, prefix: string, path: string, effect: string): Draft {
  const owner = routeOwner(subject);
  return {
    resource: owner,
    evidence: [evidenceOf(subject.resource, subject.route.pointer)],
    why: `Prefix ${prefix} of ${describeRoute(subject)} also takes ${path}: a prefix compares letters, not path segments. ${sentence(effect)}.`,
    remedy: `Write the prefix with a closing slash (\`${prefix}/\`) and an exact match for \`${prefix}\` beside it, or put the more special route first (${edit(owner)}).`,
  };
}
