import type { View } from '../model/view.js';
import type { StringTest } from './string-test.js';

/**
 * A test for a decimal number in a type.v3.Int64Range, `start` included and `end` not; a text that is no 64-bit number fails.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/v3/range.proto
 */
export function int64Range(range: View): StringTest {
  const start = parseInt64(range.string('start') ?? '0') ?? 0n;
  const end = parseInt64(range.string('end') ?? '0') ?? 0n;
  return {
    holds: value => {
      const number = parseInt64(value);
      return number !== null && number >= start && number < end;
    },
    positive: `is in the range [${start}, ${end})`,
    negative: `is not in the range [${start}, ${end})`,
  };
}

/** absl::SimpleAtoi takes white space around the number and a sign before it. */
function parseInt64(text: string): bigint | null {
  const match = /^\s*([+-]?)(\d+)\s*$/.exec(text);
  if (match === null) return null;
  const number = BigInt(`${match[2]}`) * (match[1] === '-' ? -1n : 1n);
  return BigInt.asIntN(64, number) === number ? number : null;
}
