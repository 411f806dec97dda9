import { describe, expect, it } from 'vitest';
import { evaluateMatcher, type InputResolver } from '../../src/match/matcher-tree.js';
import { needsInput, unsupported } from '../../src/match/ternary.js';
import { extensionOf } from '../../src/model/extension.js';
import { viewOf } from './view-of.js';

type Json = Record<string, unknown>;

const NETWORK = 'type.googleapis.com/envoy.extensions.matching.common_inputs.network.v3';

const action = (name: string): Json => ({
  action: { name, typed_config: { '@type': 'type.googleapis.com/google.protobuf.StringValue', value: name } },
});
const input = (type: string): Json => ({ name: type, typed_config: { '@type': `${NETWORK}.${type}` } });
const header = (name: string): Json => ({
  name: 'request-headers',
  typed_config: { '@type': 'type.googleapis.com/envoy.type.matcher.v3.HttpRequestHeaderMatchInput', header_name: name },
});
const is = (type: string, exact: string): Json => ({
  single_predicate: { input: input(type), value_match: { exact } },
});
const when = (predicate: Json, onMatch: Json): Json => ({ predicate, on_match: onMatch });
const list = (...matchers: Json[]): Json => ({ matcher_list: { matchers } });
const tree = (type: string, rest: Json): Json => ({ matcher_tree: { input: input(type), ...rest } });
const custom = (type: string, config: Json): Json => ({
  custom_match: { name: 'c', typed_config: { '@type': `type.googleapis.com/xds.type.matcher.v3.${type}`, ...config } },
});

/** Inputs by type; a header by its name. */
function inputs(values: Record<string, string | undefined>): InputResolver {
  return extension => {
    const name = extension.config.string('header_name') ?? extension.type?.split('.').at(-1) ?? '';
    if (name === 'SourceIPInput') return needsInput('the source address (from.ip)');
    return Object.hasOwn(values, name) ? { value: values[name] } : unsupported(`matcher input ${extension.type}`);
  };
}

function outcome(matcher: Json, values: Record<string, string | undefined>): unknown {
  const result = evaluateMatcher(viewOf(matcher), inputs(values));
  if (result.kind === 'action') return extensionOf(result.action).config.string('value');
  return result.kind === 'no-match' ? null : result.unknown.what;
}

describe('a matcher list', () => {
  const matcher = list(
    when(is('DestinationPortInput', '80'), action('http')),
    when(is('ServerNameInput', 'a'), action('sni')),
  );
  it.each([
    [{ DestinationPortInput: '80', ServerNameInput: 'a' }, 'http'],
    [{ DestinationPortInput: '81', ServerNameInput: 'a' }, 'sni'],
    [{ DestinationPortInput: '81', ServerNameInput: undefined }, null],
    [{ ServerNameInput: 'a' }, `matcher input ${NETWORK.slice(20)}.DestinationPortInput`],
  ])('%j: %s', (values, expected) => {
    expect(outcome(matcher, values)).toBe(expected);
  });

  it.each([
    [{ and_matcher: { predicate: [is('A', '1'), is('B', '1')] } }, 'yes'],
    [{ and_matcher: { predicate: [is('A', '1'), is('B', '2')] } }, null],
    [{ or_matcher: { predicate: [is('A', '2'), is('B', '1')] } }, 'yes'],
    [{ orMatcher: { predicate: [is('A', '2'), is('B', '2')] } }, null],
    [{ not_matcher: is('A', '2') }, 'yes'],
    [{ not_matcher: is('None', '2') }, 'yes'],
    [{ or_matcher: { predicate: [is('SourceIPInput', '10.0.0.1'), is('A', '1')] } }, 'yes'],
    [{ and_matcher: { predicate: [is('SourceIPInput', '10.0.0.1'), is('A', '2')] } }, null],
    [{ and_matcher: { predicate: [is('SourceIPInput', '10.0.0.1'), is('A', '1')] } }, 'the source address (from.ip)'],
    [{ not_matcher: is('SourceIPInput', '10.0.0.1') }, 'the source address (from.ip)'],
    [{}, 'a matcher predicate that sets nothing'],
    [{ single_predicate: { input: input('A') } }, 'a predicate without a matcher'],
    [
      { single_predicate: { input: input('A'), value_match: { safe_regex: { regex: '(' } } } },
      'regex ( is not RE2: missing closing ): `(`',
    ],
  ])('predicate %j: %s', (predicate, expected) => {
    expect(outcome(list(when(predicate, action('yes'))), { A: '1', B: '1', None: undefined })).toBe(expected);
  });

  it.each([
    ['10.1.2.3', 'yes'],
    ['11.0.0.1', null],
    ['reviews', null],
  ])('takes the IP input matcher on %s: %s', (value, expected) => {
    const ranges = { cidr_ranges: [{ address_prefix: '10.0.0.0', prefix_len: 8 }] };
    const match = {
      name: 'ip',
      typed_config: { '@type': 'x/envoy.extensions.matching.input_matchers.ip.v3.Ip', ...ranges },
    };
    const predicate = { single_predicate: { input: input('A'), custom_match: match } };
    expect(outcome(list(when(predicate, action('yes'))), { A: value })).toBe(expected);
  });

  it('does not evaluate another input matcher', () => {
    const match = { name: 'cel', typed_config: { '@type': 'x/xds.type.matcher.v3.CelMatcher' } };
    const predicate = { single_predicate: { input: input('A'), custom_match: match } };
    expect(outcome(list(when(predicate, action('yes'))), { A: '1' })).toBe(
      'input matcher xds.type.matcher.v3.CelMatcher',
    );
  });
});

describe('a matcher tree', () => {
  const exact = { exact_match_map: { map: { a_b: action('snake'), aB: action('camel'), __proto__x: action('odd') } } };
  const prefix = { prefix_match_map: { map: { '': action('root'), '/a': action('a'), '/a/b': action('ab') } } };
  const ranges = (...items: [string, number, Json, boolean?][]) =>
    custom('IPMatcher', {
      range_matchers: items.map(([address_prefix, prefix_len, on_match, exclusive = false]) => ({
        ranges: [{ address_prefix, prefix_len }],
        on_match,
        exclusive,
      })),
    });
  const names = custom('ServerNameMatcher', {
    domain_matchers: [
      { domains: ['*'], on_match: action('any') },
      { domains: ['*.com', '*.example.com'], on_match: action('wild') },
      { domains: ['www.example.com'], on_match: action('exact') },
    ],
  });
  const nothing = list();

  it.each([
    [exact, 'a_b', 'snake'],
    [exact, 'aB', 'camel'],
    [exact, 'constructor', null],
    [exact, undefined, null],
    [prefix, '/a/bc', 'ab'],
    [prefix, '/a/', 'a'],
    [prefix, '/', 'root'],
    [prefix, undefined, null],
    [ranges(['10.0.0.0', 8, action('wide')], ['10.1.0.0', 16, action('narrow')]), '10.1.2.3', 'narrow'],
    [ranges(['10.0.0.0', 8, action('wide')], ['10.1.0.0', 16, action('narrow')]), '10.2.2.3', 'wide'],
    [ranges(['10.0.0.0', 8, action('first')], ['10.0.0.0', 8, action('second')]), '10.2.2.3', 'first'],
    [ranges(['10.0.0.0', 8, action('wide')], ['10.1.0.0', 16, { matcher: nothing }]), '10.1.2.3', 'wide'],
    [ranges(['10.0.0.0', 8, action('wide'), true], ['10.1.0.0', 16, { matcher: nothing }]), '10.1.2.3', null],
    [ranges(['10.0.0.0', 8, action('wide'), true]), '10.1.2.3', 'wide'],
    [ranges(['10.0.0.0', 8, action('wide')]), 'reviews', null],
    [ranges(['2001:db8::', 32, action('six')]), '2001:db8::1', 'six'],
    [names, 'www.example.com', 'exact'],
    [names, 'api.example.com', 'wild'],
    [names, 'example.com', 'wild'],
    [names, 'com', 'any'],
    [names, '', null],
    [custom('CelMatcher', {}), 'x', 'matcher xds.type.matcher.v3.CelMatcher'],
    [{}, 'x', 'a matcher tree that sets nothing'],
  ])('%j on %s: %s', (rest, value, expected) => {
    expect(outcome(tree('A', rest), { A: value })).toBe(expected);
  });

  it('tries shorter prefixes where a nested matcher finds nothing', () => {
    const map = { '/a': action('a'), '/a/b': { matcher: nothing } };
    expect(outcome(tree('A', { prefix_match_map: { map } }), { A: '/a/b' })).toBe('a');
  });

  it('is not decided without its input', () => {
    expect(outcome(tree('SourceIPInput', exact), {})).toBe('the source address (from.ip)');
  });
});

describe('evaluateMatcher', () => {
  it('falls back to on_no_match, at every level', () => {
    const nested = { ...tree('B', { exact_match_map: { map: { x: action('x') } } }), on_no_match: action('inner') };
    const outer = {
      ...tree('A', { exact_match_map: { map: { n: { matcher: nested } } } }),
      on_no_match: action('outer'),
    };
    expect(outcome(outer, { A: 'n', B: 'y' })).toBe('inner');
    expect(outcome(outer, { A: 'o', B: 'y' })).toBe('outer');
    expect(outcome({ on_no_match: action('only') }, {})).toBe('only');
  });

  it('goes on after a nested matcher that finds nothing', () => {
    const nested = tree('B', { exact_match_map: { map: { x: action('x') } } });
    const matcher = list(when(is('A', '1'), { matcher: nested }), when(is('A', '1'), action('next')));
    expect(outcome(matcher, { A: '1', B: 'x' })).toBe('x');
    expect(outcome(matcher, { A: '1', B: 'y' })).toBe('next');
  });

  it('records actions that keep matching', () => {
    const keep = { ...action('kept'), keep_matching: true };
    const matcher = viewOf(list(when(is('A', '1'), keep), when(is('A', '1'), action('last'))));
    const result = evaluateMatcher(matcher, inputs({ A: '1' }));
    expect(result).toMatchObject({ kind: 'action', pointer: '/matcher_list/matchers/1/on_match/action' });
    expect(result.recorded.map(view => view.string('name'))).toEqual(['kept']);
  });

  it('tells what was tried, and where', () => {
    const matcher = viewOf({
      matcherList: {
        matchers: [
          when(is('DestinationPortInput', '80'), action('a')),
          when({ single_predicate: { input: header('Authorization'), value_match: { prefix: 'x' } } }, action('b')),
          when({ and_matcher: { predicate: [is('A', '2'), is('B', '2')] } }, action('c')),
        ],
      },
    });
    const result = evaluateMatcher(
      matcher,
      inputs({ DestinationPortInput: '81', Authorization: 's3cret', A: '2', B: '1' }),
    );
    expect(result.tried).toEqual([
      { pointer: '/matcherList/matchers/0', why: 'DestinationPortInput is "81", not exactly "80"' },
      {
        pointer: '/matcherList/matchers/1',
        why: 'header authorization is (hidden), which does not begin with (hidden)',
      },
      { pointer: '/matcherList/matchers/2', why: 'B is "1", not exactly "2"' },
    ]);
    expect(result).toMatchObject({ kind: 'no-match', why: result.tried.map(({ why }) => why).join('; ') });
  });

  it('tells which branch a tree took', () => {
    const map = tree('DestinationPortInput', { exact_match_map: { map: { 80: action('http') } } });
    const taken = evaluateMatcher(viewOf(map), inputs({ DestinationPortInput: '80' }));
    expect(taken).toMatchObject({ pointer: '/matcher_tree/exact_match_map/map/80/action' });
    expect(taken.tried).toEqual([{ pointer: '/matcher_tree', why: 'DestinationPortInput "80" leads to "80"' }]);
    const missed = evaluateMatcher(viewOf(map), inputs({ DestinationPortInput: '81' }));
    expect(missed).toMatchObject({ kind: 'no-match', why: 'DestinationPortInput "81" is not in the matcher tree' });
    expect(evaluateMatcher(viewOf({}), inputs({}))).toMatchObject({ kind: 'no-match', why: 'it has no matchers' });
  });

  it('gives up on what is nested deeper than protobuf allows', () => {
    const deep = Array.from({ length: 200 }).reduce<Json>(matcher => ({ on_no_match: { matcher } }), {});
    expect(outcome(deep, {})).toBe('a matcher nested deeper than 100 levels');
    const predicate = Array.from({ length: 20_000 }).reduce<Json>(not_matcher => ({ not_matcher }), is('A', '1'));
    expect(outcome(list(when(predicate, action('x'))), { A: '1' })).toBe('a predicate nested deeper than 100 levels');
  });
});
