import type { PathChange } from '../changes/changes.js';

/** Kinds of resource that are compared, in the order in which they are told. */
export const DRIFT_KINDS = [
  'listener',
  'route',
  'scoped-route',
  'cluster',
  'endpoint',
  'secret',
  'ecds',
  'bootstrap',
] as const;

export type DriftKind = (typeof DRIFT_KINDS)[number];

/** What is compared with what: Pilot with Envoy, one proxy at two times, two proxies. */
export type DriftMode = 'pilot' | 'snapshots' | 'proxies';

export type DriftChange = 'only-left' | 'only-right' | 'changed';

/** Why two sides differ; docs/diff.md says what each means. */
export const CAUSES = ['rejected', 'warming', 'not-pushed', 'stale', 'envoy-only', 'version-skew', 'unknown'] as const;

export type DriftCause = (typeof CAUSES)[number];

/** A request that ends otherwise on the two sides. */
export interface Effect {
  /** As resolved: every field that a requests file takes. */
  readonly request: Record<string, unknown>;
  /** How it ends: `forwarded to …`, `responded 503 NC`. */
  readonly left: string;
  readonly right: string;
  /** How much worse the right side is: 2 it fails there and not on the left, 1 it ends otherwise, 0 it fails on the left and not there. */
  readonly weight: 0 | 1 | 2;
}

/** One resource that differs. */
export interface Difference {
  readonly kind: DriftKind;
  /** Null where the evidence does not hold it: a text that shows the middle of a resource. */
  readonly name: string | null;
  readonly change: DriftChange;
  /** The fields that differ; none where the whole resource is on one side only. */
  readonly paths: readonly PathChange[];
  readonly cause: DriftCause;
  /** One sentence: what differs and why. */
  readonly why: string;
  /** What to do. */
  readonly remedy: string;
  readonly effects: readonly Effect[];
  /** What the effects come to, in a sentence; also that there is none. */
  readonly effect: string;
  /** Both messages as indented JSON, the right one in the left one's order; only where asked for. Null where a side has none. */
  readonly texts?: { readonly left: string | null; readonly right: string | null };
}

/** How many resources of a kind were compared, and how they fared. */
export interface KindSummary {
  readonly kind: DriftKind;
  readonly equal: number;
  readonly onlyLeft: number;
  readonly onlyRight: number;
  readonly changed: number;
}

/** A fact beside the differences: endpoints in bad health, versions, sections that were not compared. */
export interface DriftNote {
  readonly about: 'health' | 'versions' | 'not-compared' | 'draining' | 'evidence';
  readonly text: string;
}

/** The answer of `diff`; the contract of `-o json`. */
export interface DriftResult {
  readonly schemaVersion: 1;
  readonly equal: boolean;
  /** `pod.namespace`; null where nothing says whose the configuration is, or two proxies are compared. */
  readonly proxy: string | null;
  /** What stands on each side, for people: `Pilot`, `Envoy`, a snapshot, a proxy. */
  readonly left: string;
  readonly right: string;
  readonly summary: readonly KindSummary[];
  readonly differences: readonly Difference[];
  readonly notes: readonly DriftNote[];
}
