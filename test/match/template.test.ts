import { describe, expect, it } from 'vitest';
import { PatternError } from '../../src/match/regex.js';
import { matchTemplate, rewriteTemplate } from '../../src/match/template.js';

describe('matchTemplate', () => {
  it.each([
    ['/', '/', {}],
    ['/a', '/a', {}],
    ['/a', '/a/', null],
    ['/a/', '/a/', {}],
    ['/a/*', '/a/b', {}],
    ['/a/*', '/a/', null],
    ['/a/*', '/a/b/c', null],
    ['/a/**', '/a/b/c', {}],
    ['/a/**', '/a/', {}],
    ['/rest/{lang}/{state}', '/rest/english/wa', { lang: 'english', state: 'wa' }],
    ['/rest/{lang}/{state}', '/rest/english', null],
    ['/{one}/{One}', '/lower/upper', { one: 'lower', One: 'upper' }],
    ['/rest/{one}/{dir=**}/song.mp4', '/rest/1/root/sub/song.mp4', { one: '1', dir: 'root/sub' }],
    ['/rest/{one}/{dir=**}/song.mp4', '/rest/1/root/sub/songxmp4', null],
    ['/x/{middle=*/videos/*}/end', '/x/a/videos/b/end', { middle: 'a/videos/b' }],
    ['/one/{code==na/*}', '/one/=na/three', { code: '=na/three' }],
    ['/one/{tri=**}', '/one/dGasdA==/', { tri: 'dGasdA==/' }],
    ['/media/*.m4s', '/media/a.m4s', {}],
    ['/media/{file}.m4s', '/media/a.m4s', { file: 'a' }],
    ['/media/**.mpd', '/media/a/b.mpd', {}],
    ['/(a)+$', '/(a)+$', {}],
  ])('%s on %s', (pattern, path, expected) => {
    expect(matchTemplate(pattern, path)).toEqual(expected === null ? null : new Map(Object.entries(expected)));
  });

  it.each([
    ['', 'a path template is printable and begins with /'],
    ['a/b', 'a path template is printable and begins with /'],
    ['/a b', 'a path template is printable and begins with /'],
    ['/a//b', 'an empty segment is not a literal'],
    ['//', 'an empty segment is not a literal'],
    ['//a', 'an empty segment is not a literal'],
    ['/a}/b}', 'a}/b} is not a literal'],
    ['/***', '* is not a literal'],
    ['/a*', 'a* is not a literal'],
    ['/*a/b', 'a follows an operator or variable inside the path'],
    ['/{a}b/c', 'b follows an operator or variable inside the path'],
    ['/{a', '{a is not a literal'],
    ['/{a/b', '{a is not a literal'],
    ['/{}', '{} has no valid variable name'],
    ['/{1a}', '{1a} has no valid variable name'],
    ['/{a=}', 'an empty segment is not a literal'],
    ['/{a=x/}', 'an empty segment is not a literal'],
    ['/{a=x*}', 'x* is not a literal'],
    ['/{a}/{a}', 'variable a stands there twice'],
    ['/{a}/{b}/{c}/{d}/{e}/{f}', 'it has more than 5 variables'],
    ['/{abcdefghijklmnopq}', 'abcdefghijklmnopq is longer than 16 characters'],
    ['/**/*', 'nothing but literals may follow **'],
    ['/**/{a}', 'nothing but literals may follow **'],
    ['/{a=**}/**', 'nothing but literals may follow **'],
  ])('refuses %s: %s', (pattern, reason) => {
    expect(() => matchTemplate(pattern, '/a')).toThrow(expect.objectContaining({ pattern, reason }));
  });
});

describe('rewriteTemplate', () => {
  const variables = new Map([
    ['one', '1'],
    ['dir', 'a/b'],
  ]);

  it.each([
    ['/{dir}/{one}', '/a/b/1'],
    ['/{one}{dir}', '/1a/b'],
    ['/x/', '/x/'],
    ['/{one}.mp4', '/1.mp4'],
  ])('%s gives %s', (rewrite, expected) => {
    expect(rewriteTemplate(rewrite, variables)).toBe(expected);
  });

  it.each(['', '{one}', '/a//b', '/{two}', '/{one', '/one}', '/*', '/a b', '/{}'])('refuses %s', rewrite => {
    expect(() => rewriteTemplate(rewrite, variables)).toThrow(PatternError);
  });
});
