import { type CompareOptions, compareSides } from '../../compare/drift/compare.js';
import type { DriftMode, DriftResult } from '../../compare/drift/difference.js';
import type { Ignore } from '../../compare/drift/same.js';
import type { Side } from '../../compare/drift/side.js';
import { compareText, compareTextWithEnvoy } from '../../compare/text/compare-text.js';
import type { StatusDiff } from '../../decode/unified-diff/status-diff.js';
import type { ProxyConfig } from '../../model/proxy.js';

/** Two sides, or what `istioctl proxy-status POD` said of them, with Envoy's own dump where that is there. */
export type Compared =
  | { readonly mode: DriftMode; readonly left: Side; readonly right: Side }
  | { readonly mode: 'text'; readonly text: StatusDiff; readonly envoy: ProxyConfig | null };

export interface DiffOptions extends CompareOptions {
  readonly ignore: Ignore | null;
}

/** Compares pair by pair. */
export function resultsOf(compared: readonly Compared[], options: DiffOptions): DriftResult[] {
  return compared.map(pair => {
    if (pair.mode !== 'text')
      return compareSides({ mode: pair.mode, left: pair.left, right: pair.right, ignore: options.ignore }, options);
    return pair.envoy === null ? compareText(pair.text, options) : compareTextWithEnvoy(pair.text, pair.envoy, options);
  });
}
