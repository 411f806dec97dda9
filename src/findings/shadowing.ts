import { oncePerMessage } from '../model/once.js';
import type { View } from '../model/view.js';
import { covers } from './route-cover.js';
import type { VirtualHostSubject } from './subjects.js';

/** Two routes of which the first takes all that the second would get. */
export interface Shadowing {
  readonly earlier: View;
  readonly earlierIndex: number;
  readonly later: View;
  readonly laterIndex: number;
}

/** The routes of a virtual host that can never match, each with the first one that takes its requests. Routes that do the same are left out. */
export function shadowingsIn({ virtualHost }: VirtualHostSubject): readonly Shadowing[] {
  return shadowings(virtualHost);
}

const shadowings = oncePerMessage((virtualHost: View): readonly Shadowing[] => {
  const routes = virtualHost.list('routes');
  const matches = routes.map(route => route.get('match') ?? route);
  return routes.flatMap((later, laterIndex) => {
    const earlierIndex = matches.findIndex(
      (match, index) => index < laterIndex && covers(match, matches[laterIndex] ?? later),
    );
    const earlier = routes[earlierIndex];
    return earlier === undefined || doSame(earlier, later) ? [] : [{ earlier, earlierIndex, later, laterIndex }];
  });
});

/** Istio makes one route for each condition of a VirtualService’s match; those of one entry overlap without harm. */
function doSame(a: View, b: View): boolean {
  return ['route', 'redirect', 'direct_response'].every(
    field => JSON.stringify(a.raw(field)) === JSON.stringify(b.raw(field)),
  );
}
