import { fractionOf } from '../../match/fraction.js';
import { evaluateMatcher } from '../../match/matcher-tree.js';
import { type Unknown, unsupported, unsupportedExtension } from '../../match/ternary.js';
import { type Extension, extensionOf } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { takesFraction } from '../fraction.js';
import { httpInputs } from '../http-input.js';
import type { PerRoute } from '../per-route.js';
import type { Tracing } from '../tracing.js';

/** The filters that a wrapper runs in its place, and why; or why that is not known. */
export type Unwrapped = { readonly run: readonly View[]; readonly why: string } | Unknown;

/**
 * A filter with a matcher around it (`ExtensionWithMatcher`): the route's override replaces the matcher; `SkipFilter` leaves the filter out, no
 * match runs it. The composite filter runs what its matcher's action holds, and nothing without a match.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/common/matching/v3/extension_matcher.proto,
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/composite_filter
 */
export function unwrapFilter(trace: Tracing, { config }: Extension, perRoute: PerRoute): Unwrapped {
  const inner = config.get('extension_config');
  if (inner === undefined) return unsupported('a filter with a matcher and no extension_config');
  const isComposite = extensionOf(inner).kind === 'composite';
  const unmatched = isComposite ? [] : [inner];
  const matcher = perRoute.config?.get('xds_matcher') ?? config.get('xds_matcher') ?? config.get('matcher');
  if (matcher === undefined) return { run: unmatched, why: 'it has no matcher' };
  const result = evaluateMatcher(matcher, httpInputs(trace));
  if (result.kind === 'unknown') return result.unknown;
  if (result.kind === 'no-match') return { run: unmatched, why: `its matcher matches nothing (${result.why})` };
  const action = extensionOf(result.action);
  const because = result.tried.at(-1)?.why ?? 'by default';
  if (action.type?.endsWith('.SkipFilter') === true) return { run: [], why: `its matcher skips it (${because})` };
  if (action.type?.endsWith('.ExecuteFilterAction') === true) return executed(trace, action.config, because);
  return unsupportedExtension('filter action', action);
}

/** ExecuteFilterAction: one filter, one whose configuration comes by ECDS, or several; for a share of the requests where it says so. */
function executed(trace: Tracing, action: View, because: string): Unwrapped {
  const sample = action.path('sample_percent', 'default_value');
  if (sample !== undefined && !takesFraction(trace, fractionOf(sample), sample))
    return { run: [], why: 'its sample_percent leaves this request out' };
  const chain = action.get('filter_chain')?.list('typed_config') ?? [];
  const single = action.get('typed_config') ?? action.get('dynamic_config');
  const run = chain.length > 0 || single === undefined ? chain : [single];
  const names = run.map(view => view.string('name') ?? 'a filter').join(', ');
  return { run, why: `its matcher runs ${names === '' ? 'nothing' : names} (${because})` };
}
