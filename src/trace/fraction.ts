import { fractionHolds, runtimePercent } from '../match/fraction.js';
import type { View } from '../model/view.js';
import { runtimeOf } from './runtime.js';
import type { Tracing } from './tracing.js';

/**
 * Whether a share (0 to 1) takes the request: the branch that is followed, or by `random` as Envoy draws it for the FractionalPercent or
 * Percent that the share stands for.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/v3/percent.proto#type-v3-fractionalpercent
 */
export function takesFraction(trace: Tracing, share: number, fraction: View): boolean {
  if (share >= 1) return true;
  return trace.choices.pick([share, 1 - share], random => (fractionHolds(fraction, random) ? 0 : 1)) === 0;
}

/**
 * The same for a RuntimeFractionalPercent, by what is in effect; true where none is set.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/base.proto#config-core-v3-runtimefractionalpercent
 */
export function takesRuntimeFraction(trace: Tracing, share: number, fraction: View | undefined): boolean {
  const percent = fraction === undefined ? undefined : runtimePercent(fraction, runtimeOf(trace.proxy));
  return percent === undefined ? share > 0 : takesFraction(trace, share, percent);
}
