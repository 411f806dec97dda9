import { unsupported } from '../../match/ternary.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';

/** What a filter that lets the request pass is said to do. */
export interface Passing {
  /** Such as `asks the authorization service at cluster x`. */
  readonly effect: string;
  /** What must hold for the request to pass, where configuration does not show it: `ext_authz at cluster x allows it`. */
  readonly condition?: string | null;
  /** It may clear the route cache, so that the route is chosen anew. */
  readonly mayReroute?: boolean;
}

/** Notes a filter that lets the request pass, or that is taken to do so: then the verdict names the condition. */
export function letPass(
  trace: Tracing,
  label: string,
  { effect, condition, mayReroute }: Passing,
  state: FilterState,
): void {
  state.lines.push(`${label}: ${effect}`);
  if (condition !== undefined && condition !== null) {
    trace.assumptions.add(`HTTP filter ${label} lets the request pass: ${effect}`);
    trace.conditions.push(condition);
    state.unknown.set(`${label}/*`, unsupported(`the metadata that HTTP filter ${label} may write`));
  }
  if (mayReroute === true)
    trace.assumptions.add(`HTTP filter ${label} does not change the route (it may clear the route cache)`);
}
