import type { View } from '../model/view.js';

const DENOMINATORS: Readonly<Record<string, number>> = {
  HUNDRED: 100,
  TEN_THOUSAND: 10_000,
  MILLION: 1_000_000,
  0: 100,
  1: 10_000,
  2: 1_000_000,
};

/**
 * The part of all requests, 0 to 1, that a type.v3.FractionalPercent or type.v3.Percent stands for; an absent one, as protobuf's default, is 0.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/v3/percent.proto
 */
export function fractionOf(fraction: View | undefined): number {
  if (fraction === undefined) return 0;
  const { numerator, denominator } = ratio(fraction);
  return Math.min(1, numerator / denominator);
}

/**
 * The default of a core.v3.RuntimeFractionalPercent, 0 to 1; undefined where none is set. The runtime key may override it in a running
 * Envoy, which no dump shows.
 */
export function runtimeFraction(view: View | undefined): number | undefined {
  return view === undefined ? undefined : fractionOf(view.get('default_value'));
}

/** Whether a fraction takes the request with this random value: Envoy asks if its remainder by the denominator is below the numerator. */
export function fractionHolds(fraction: View, random: number): boolean {
  const { numerator, denominator } = ratio(fraction);
  return random % denominator < numerator;
}

function ratio(fraction: View): { numerator: number; denominator: number } {
  const percent = fraction.number('value');
  if (percent !== undefined) return { numerator: percent, denominator: 100 };
  const denominator = DENOMINATORS[fraction.string('denominator') ?? 'HUNDRED'] ?? 100;
  return { numerator: fraction.number('numerator') ?? 0, denominator };
}
