import { matchPath } from '../../match/path.js';
import { withoutSecretText } from '../../model/redact/secret-text.js';
import { evidenceOf } from '../../trace/evidence.js';
import type { Draft } from '../finding.js';
import { redirectLoop } from '../follow-redirect.js';
import { edit } from '../kubectl.js';
import { describeRoute, routeOwner } from '../provenance.js';
import { prefixOf } from '../route-cover.js';
import type { Rule } from '../rule.js';
import type { RouteSubject } from '../subjects.js';
import { routesIn } from '../subjects-in.js';
import { sentence } from '../words.js';

/** A redirect whose target is redirected again, back to where it began. */
export const redirectLoopRule: Rule = {
  code: 'redirect-loop',
  proxy: ({ proxy }) => routesIn(proxy).flatMap(toItself),
  trace: ({ result, proxy, touched }) => {
    const { route, virtualHost } = touched;
    const urls = redirectLoop(result, proxy);
    if (urls === null || route === null || virtualHost === null) return [];
    return [draftOf(route, `${sentence(describeRoute(route))} redirects ${urls.map(withoutSecretText).join(' → ')}`)];
  },
};

/** Without a request: a redirect of the path alone, whose target the same route takes. */
function toItself(subject: RouteSubject): Draft[] {
  const redirect = subject.route.get('redirect');
  const match = subject.route.get('match');
  if (redirect === undefined || match === undefined) return [];
  const leaves = ['host_redirect', 'scheme_redirect', 'port_redirect', 'https_redirect', 'regex_rewrite'].some(field =>
    redirect.has(field),
  );
  const from = prefixOf(match) ?? match.string('path');
  const to = redirect.string('path_redirect') ?? redirect.string('prefix_rewrite');
  if (leaves || from === undefined || from === null || to === undefined) return [];
  const again = matchPath(match, to, { method: 'GET' }).result === true && secondIsSame(redirect, to, from);
  return again
    ? [draftOf(subject, `${sentence(describeRoute(subject))} redirects ${from} to ${to}, which it takes again`)]
    : [];
}

/** A prefix that is rewritten grows at each turn, without end; a whole path comes back to itself. */
function secondIsSame(redirect: RouteSubject['route'], to: string, from: string): boolean {
  return redirect.has('path_redirect') || to.startsWith(from);
}

function draftOf(subject: RouteSubject, what: string): Draft {
  const owner = routeOwner(subject);
  return {
    resource: owner,
    evidence: [evidenceOf(subject.resource, subject.route.pointer)],
    why: `${what}: the client goes round until it gives up.`,
    remedy: `Match the exact path that is to be redirected, or redirect to one that the route does not take (${edit(owner)}). Where another proxy ends TLS before this one, let the redirect depend on x-forwarded-proto.`,
  };
}
