import { describe, expect, it } from 'vitest';
import { matchListenerPredicate } from '../../src/match/listener-predicate.js';
import type { Json } from '../support/minimal-proxy.js';
import { viewOf } from './view-of.js';

const range = (start: number, end: number): Json => ({ destination_port_range: { start, end } });
const not = (rule: Json): Json => ({ not_match: rule });
const all = (...rules: Json[]): Json => ({ and_match: { rules } });
const some = (...rules: Json[]): Json => ({ or_match: { rules } });

describe('filter_disabled predicates', () => {
  it.each<[string, Json, number, boolean]>([
    ['the first port of a range', range(80, 90), 80, true],
    ['the last port of a range', range(80, 90), 89, true],
    ['the end of a range is not part of it', range(80, 90), 90, false],
    ['below a range', range(80, 90), 79, false],
    ['any_match', { any_match: true }, 1, true],
    ['not', not(range(80, 81)), 80, false],
    ['not of another port', not(range(80, 81)), 81, true],
    ['and, all hold', all(range(1, 100), not(range(50, 51))), 51, true],
    ['and, one fails', all(range(1, 100), not(range(50, 51))), 50, false],
    ['or, one holds', some(range(1, 2), range(80, 81)), 80, true],
    ['or, none holds', some(range(1, 2), range(80, 81)), 90, false],
    ['nested, as Istio writes a list of ports', not(some(range(80, 81), some(range(90, 91)))), 90, false],
    ['in camelCase', { notMatch: { destinationPortRange: { start: 80, end: 81 } } }, 81, true],
  ])('%s', (_, predicate, port, expected) => {
    expect(matchListenerPredicate(viewOf(predicate), port)).toBe(expected);
  });

  it('names a predicate that sets nothing', () => {
    expect(matchListenerPredicate(viewOf({}), 80)).toMatchObject({ unknown: 'unsupported' });
  });
});
