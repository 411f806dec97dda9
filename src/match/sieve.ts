import type { Unknown } from './ternary.js';

/** How well something fits one criterion: 0 sets nothing, higher is more specific, null sets it and does not fit. */
export type Fit = number | null;

/** One criterion of a sieve. */
export interface Criterion<T> {
  /** Envoy's field name. */
  readonly field: string;
  /** Why an item that sets the criterion does not fit. */
  readonly reason: (item: T) => string;
  /** Unknown where the request does not say what the criterion looks at. */
  readonly fit: (item: T) => Fit | Unknown;
}

/** An item that fell through, and the criterion that it fell at. */
interface Rejected<T> {
  readonly item: T;
  readonly field: string;
  readonly reason: string;
}

export interface Sieved<T> {
  /** What is left; several only where they set the same. */
  readonly remaining: readonly T[];
  /** In the order in which they fell. */
  readonly rejected: readonly Rejected<T>[];
  /** The first criterion that could not be decided; the sieve stops there. */
  readonly unknown: { readonly field: string; readonly unknown: Unknown } | null;
}

/**
 * Sieves items through criteria in order. Each step keeps only the most specific of those that fit and, where none fits, those that set nothing.
 * There is no way back: an item that a step dropped is never tried again, though all that it kept may fail later.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto (FilterChainMatch)
 */
export function sieve<T>(items: readonly T[], criteria: readonly Criterion<T>[]): Sieved<T> {
  const rejected: Rejected<T>[] = [];
  let remaining = items;
  for (const criterion of criteria) {
    const fits: Fit[] = [];
    for (const item of remaining) {
      const fit = criterion.fit(item);
      if (typeof fit === 'object' && fit !== null)
        return { remaining, rejected, unknown: { field: criterion.field, unknown: fit } };
      fits.push(fit);
    }
    const best = fits.reduce<Fit>((max, fit) => (fit !== null && (max === null || fit > max) ? fit : max), null);
    const kept: T[] = [];
    for (const [index, item] of remaining.entries()) {
      const fit = fits[index] ?? null;
      if (fit !== null && fit === best) kept.push(item);
      else
        rejected.push({
          item,
          field: criterion.field,
          reason: fit === null ? criterion.reason(item) : moreSpecific(criterion.field),
        });
    }
    remaining = kept;
  }
  return { remaining, rejected, unknown: null };
}

function moreSpecific(field: string): string {
  return `another filter chain fits ${field} more closely`;
}
