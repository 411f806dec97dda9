import { type Comparison, differenceOf, type Found } from '../compare/drift/find.js';
import { pairsOf, type ResourcePair } from '../compare/drift/pairs.js';
import { compareSections } from '../compare/drift/sections.js';
import { pilotAndEnvoy } from '../compare/drift/sides.js';
import { oncePer, oncePerPair } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Scope, TraceScope } from './rule.js';
import { concerns } from './unserved.js';

/** Kinds that istiod sends, in the order in which a request meets them. */
export const SENT_KINDS = ['listener', 'route', 'cluster', 'endpoint'] as const;

export type SentKind = (typeof SENT_KINDS)[number];

/** Everything in which Envoy runs something else than istiod has for it; empty where istiod’s side is not at hand. */
export function driftOf(scope: Scope): Found[] {
  const comparison = comparisonOf(scope);
  return comparison === null ? [] : compareSections(comparison, SENT_KINDS).found.filter(isStale);
}

/** The same, of what a trace touched or missed. */
export function driftOnTheWay(trace: TraceScope, table: string | null): Found[] {
  const comparison = comparisonOf(trace);
  if (comparison === null) return [];
  const { touched } = trace;
  const planned = comparison.left.proxy.active('listener').filter(listener => concerns(listener, trace));
  const names: Record<SentKind, readonly (string | null)[]> = {
    listener: [...new Set([touched.listener, ...planned].map(listener => listener?.name ?? null))],
    route: [table],
    cluster: touched.clusterNames,
    endpoint: touched.clusterNames,
  };
  return SENT_KINDS.flatMap(kind =>
    names[kind].flatMap(name => (name === null ? [] : (differenceByName(comparison, kind, name) ?? []))),
  ).filter(isStale);
}

interface Differences {
  readonly pairs: ReadonlyMap<string, ResourcePair>;
  readonly found: Map<string, Found | null>;
}

/** Many requests meet the same resources: each is compared once. A section that one side lacks says nothing. */
function differenceByName(comparison: Comparison, kind: SentKind, name: string): Found | null {
  const ofKind = differencesOf(comparison, kind);
  const pair = ofKind.pairs.get(name);
  if (pair === undefined) return null;
  let found = ofKind.found.get(name);
  if (found === undefined) {
    found = differenceOf(pair, comparison);
    ofKind.found.set(name, found);
  }
  return found;
}

const differencesByKind = oncePer((_: Comparison) => new Map<SentKind, Differences>());

function differencesOf(comparison: Comparison, kind: SentKind): Differences {
  const kinds = differencesByKind(comparison);
  let known = kinds.get(kind);
  if (known === undefined) {
    const { left, right, mode } = comparison;
    const isWhole = left.proxy.has(kind) === 'complete' && right.proxy.has(kind) === 'complete';
    const named = isWhole ? pairsOf(kind, left, right, mode).map(pair => [pair.name ?? '', pair] as const) : [];
    known = { pairs: new Map(named), found: new Map() };
    kinds.set(kind, known);
  }
  return known;
}

function comparisonOf({ proxy, snapshot }: Scope): Comparison | null {
  const pilot = snapshot.pilot.get(proxy.name);
  return pilot === undefined ? null : compared(pilot, proxy);
}

const compared = oncePerPair(
  (pilot: ProxyConfig, proxy: ProxyConfig): Comparison => ({
    mode: 'pilot',
    ...pilotAndEnvoy(pilot, proxy),
    ignore: null,
  }),
);

/** What was refused or waits has findings of its own. */
function isStale({ pair, isOnlyRejection }: Found): boolean {
  return !isOnlyRejection && pair.right.error === null && pair.right.warming === null;
}
