import { type Comparison, differenceOf, type Found } from '../compare/drift/find.js';
import { pairsOf } from '../compare/drift/pairs.js';
import { compareSections } from '../compare/drift/sections.js';
import { pilotAndEnvoy } from '../compare/drift/sides.js';
import type { Scope } from './rule.js';
import type { Touched } from './touched.js';

/** Kinds that istiod sends, in the order in which a request meets them. */
export const SENT_KINDS = ['listener', 'route', 'cluster', 'endpoint'] as const;

export type SentKind = (typeof SENT_KINDS)[number];

/** Everything in which Envoy runs something else than istiod has for it; empty where istiod’s side is not at hand. */
export function driftOf(scope: Scope): Found[] {
  const comparison = comparisonOf(scope);
  return comparison === null ? [] : compareSections(comparison, SENT_KINDS).found.filter(isStale);
}

/** The same, of what a trace touched or missed. */
export function driftOnTheWay(scope: Scope, touched: Touched, table: string | null): Found[] {
  const comparison = comparisonOf(scope);
  if (comparison === null) return [];
  const names: Record<SentKind, readonly (string | null)[]> = {
    listener: [touched.listener?.name ?? null],
    route: [table],
    cluster: touched.clusterNames,
    endpoint: touched.clusterNames,
  };
  return SENT_KINDS.flatMap(kind =>
    pairsOf(kind, comparison.left, comparison.right, comparison.mode)
      .filter(({ name }) => names[kind].includes(name))
      .flatMap(pair => differenceOf(pair, comparison) ?? []),
  ).filter(isStale);
}

function comparisonOf({ proxy, snapshot }: Scope): Comparison | null {
  const pilot = snapshot.pilot.get(proxy.name);
  return pilot === undefined ? null : { mode: 'pilot', ...pilotAndEnvoy(pilot, proxy), ignore: null };
}

/** What was refused or waits has findings of its own. */
function isStale({ pair, isOnlyRejection }: Found): boolean {
  return !isOnlyRejection && pair.right.error === null && pair.right.warming === null;
}
