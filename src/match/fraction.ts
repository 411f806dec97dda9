import { isObject } from '../decode/json.js';
import { View } from '../model/view.js';

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

/** The value under a runtime key; undefined where nothing sets it. */
export type RuntimeValue = (key: string) => unknown;

const NO_RUNTIME: RuntimeValue = () => undefined;

/**
 * The share that a core.v3.RuntimeFractionalPercent stands for, 0 to 1; undefined where none is set.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/base.proto#config-core-v3-runtimefractionalpercent
 */
export function runtimeFraction(view: View | undefined, runtime: RuntimeValue = NO_RUNTIME): number | undefined {
  return view === undefined ? undefined : fractionOf(runtimePercent(view, runtime));
}

/** Its percentage in effect: a number under the runtime key is percent, an object a FractionalPercent; else its default value. */
export function runtimePercent(view: View, runtime: RuntimeValue): View | undefined {
  const key = view.string('runtime_key') ?? '';
  const value = key === '' ? undefined : runtime(key);
  if (typeof value === 'number') return new View({ numerator: Math.min(value, 100) }, view.pointer);
  return isObject(value) ? new View(value, view.pointer) : view.get('default_value');
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
