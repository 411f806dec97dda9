import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchPath } from '../../src/match/path.js';
import { viewOf } from './view-of.js';

const GET = { method: 'GET' };
const TEMPLATE = 'type.googleapis.com/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig';

function template(path_template: string) {
  return { path_match_policy: { name: 'x', typed_config: { '@type': TEMPLATE, path_template } } };
}

describe('matchPath', () => {
  it.each([
    [{ prefix: '/reviews' }, '/reviews/0', true, 'path /reviews/0 begins with /reviews'],
    [{ prefix: '/api' }, '/', false, 'path / does not begin with /api'],
    [{ prefix: '/Api', case_sensitive: false }, '/aPI/x', true, 'path /aPI/x begins with /Api'],
    [{ prefix: '/Api', caseSensitive: true }, '/api', false, 'path /api does not begin with /Api'],
    [{ prefix: '/a?' }, '/a?b', false, 'path /a does not begin with /a?'],
    [{ path: '/a' }, '/a?b=c', true, 'path /a is exactly /a'],
    [{ path: '/a' }, '/a#b', true, 'path /a is exactly /a'],
    [{ path: '/a' }, '/A', false, 'path /A is not exactly /a'],
    [{ path: '/a', caseSensitive: false }, '/A', true, 'path /A is exactly /a'],
    [{ safe_regex: { regex: '/a/\\d+' } }, '/a/1?x', true, 'path /a/1 matches the regex /a/\\d+'],
    [{ safeRegex: { regex: '/a' }, caseSensitive: false }, '/A', false, 'path /A does not match the regex /a'],
    [{ regex: '^/a.*$' }, '/ab', true, 'path /ab matches the regex ^/a.*$'],
    [{ path_separated_prefix: '/api' }, '/api', true, 'path /api is or lies under /api'],
    [{ pathSeparatedPrefix: '/api' }, '/api/x?y', true, 'path /api/x is or lies under /api'],
    [{ pathSeparatedPrefix: '/api' }, '/apix', false, 'path /apix neither is nor lies under /api'],
    [{ pathSeparatedPrefix: '/API', caseSensitive: false }, '/api/x', true, 'path /api/x is or lies under /API'],
    [template('/a/{b}'), '/a/c?d', true, 'path /a/c matches the template /a/{b}'],
    [template('/a/{b}'), '/a', false, 'path /a does not match the template /a/{b}'],
    [{ prefix: '' }, '/x', true, 'path /x begins with ""'],
    [{}, '/x', true, 'no path is asked for'],
    [{ prefix: '/' }, '', false, 'the request has no path'],
  ])('%j on %s: %s', (match, path, result, why) => {
    expect(matchPath(viewOf(match), path, GET)).toEqual({ result, why });
  });

  it.each([
    [{ method: 'CONNECT' }, '', true, 'the request is a CONNECT'],
    [{ method: 'GET', protocolUpgrade: 'CONNECT-UDP' }, '/x', true, 'the request is a CONNECT'],
    [{ method: 'GET', protocolUpgrade: 'websocket' }, '/x', false, 'the request is not a CONNECT'],
    [{ method: 'GET' }, '/x', false, 'the request is not a CONNECT'],
  ])('connect_matcher on %j: %s', (request, path, result, why) => {
    expect(matchPath(viewOf({ connect_matcher: {} }), path, request)).toEqual({ result, why });
  });

  it.each([
    [{ safe_regex: { regex: '(' } }, 'regex ( is not RE2: missing closing ): `(`'],
    [template('/**/*'), 'path template /**/*: nothing but literals may follow **'],
    [{ path_match_policy: { name: 'mine', typed_config: { '@type': 'x/a.b.v1.Mine' } } }, 'path matcher a.b.v1.Mine'],
  ])('%j is not evaluated: %s', (match, what) => {
    expect(matchPath(viewOf(match), '/a', GET)).toEqual({ result: { unknown: 'unsupported', what }, why: what });
  });

  it('agrees with a plain reading of the rules', () => {
    const path = fc
      .array(fc.constantFrom('/', 'a', 'B', '?', '.'), { maxLength: 6 })
      .map(parts => `/${parts.join('')}`);
    const form = fc.constantFrom('prefix', 'path', 'path_separated_prefix');
    fc.assert(
      fc.property(path, path, form, fc.boolean(), (asked, sent, field, sensitive) => {
        const [actual = ''] = sent.split('?');
        const [left, right] = sensitive ? [actual, asked] : [actual.toUpperCase(), asked.toUpperCase()];
        const next = left[right.length];
        const begins = left.slice(0, right.length) === right;
        const expected = begins && (field === 'prefix' || next === undefined || (field !== 'path' && next === '/'));
        const match = viewOf({ [field]: asked, case_sensitive: sensitive });
        expect(matchPath(match, sent, GET).result).toBe(expected);
      }),
    );
  });
});
