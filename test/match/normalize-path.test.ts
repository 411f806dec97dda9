import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizePath } from '../../src/match/normalize-path.js';
import type { Json } from '../support/minimal-proxy.js';
import { viewOf } from './view-of.js';

const NORMALIZE = { normalize_path: true };
const MERGE = { merge_slashes: true };
const escaped = (action: string) => ({ path_with_escaped_slashes_action: action });

function normalized(hcm: Json, path: string) {
  return normalizePath(viewOf(hcm), path);
}

describe('the path as routing sees it', () => {
  it.each<[Json, string, string]>([
    [{}, '/a/../b//c%2Fd', '/a/../b//c%2Fd'],
    [NORMALIZE, '/a/./b', '/a/b'],
    [NORMALIZE, '/a/../b', '/b'],
    [NORMALIZE, '/../../a', '/a'],
    [NORMALIZE, '/a/b/..', '/a/'],
    [NORMALIZE, '/a/.', '/a/'],
    [NORMALIZE, '/a\\b', '/a/b'],
    [NORMALIZE, '/%61%2D%7e', '/a-~'],
    [NORMALIZE, '/a%2fb', '/a%2fb'],
    [NORMALIZE, '/a//b', '/a//b'],
    [NORMALIZE, '/a/../b?x=/../y', '/b?x=/../y'],
    [NORMALIZE, '/a{b}', '/a%7Bb%7D'],
    [NORMALIZE, '/a b"<>^`{|}c', '/a%20b%22%3C%3E%5E%60%7B%7C%7Dc'],
    [NORMALIZE, '/a\t\x7fb', '/a%09%7Fb'],
    [NORMALIZE, '/é/./😀', '/%C3%A9/%F0%9F%98%80'],
    [NORMALIZE, "/!$&'()*+,:;=@[]%7b", "/!$&'()*+,:;=@[]%7b"],
    [NORMALIZE, '/a?b={c}', '/a?b={c}'],
    [{}, '/a{b}', '/a{b}'],
    [MERGE, '/a//b///c', '/a/b/c'],
    [MERGE, '/a//b?x=//', '/a/b?x=//'],
    [{ ...NORMALIZE, ...MERGE }, '/a//../b', '/a/b'],
    [escaped('KEEP_UNCHANGED'), '/a%2Fb', '/a%2Fb'],
    [escaped('UNESCAPE_AND_FORWARD'), '/a%2Fb%5Cc', '/a/b\\c'],
    [{ ...escaped('UNESCAPE_AND_FORWARD'), ...NORMALIZE }, '/a%2F..%2Fb', '/b'],
    [escaped('UNESCAPE_AND_FORWARD'), '/a?x=%2F', '/a?x=%2F'],
  ])('%j: %s becomes %s', (hcm, path, expected) => {
    expect(normalized(hcm, path)).toEqual({ kind: 'path', path: expected });
  });

  it('redirects where escaped slashes are to be', () => {
    expect(normalized(escaped('UNESCAPE_AND_REDIRECT'), '/a%2Fb?c')).toEqual({ kind: 'redirect', path: '/a/b?c' });
    expect(normalized(escaped('UNESCAPE_AND_REDIRECT'), '/a/b')).toEqual({ kind: 'path', path: '/a/b' });
  });

  it.each([
    [escaped('REJECT_REQUEST'), '/a%5cb'],
    [NORMALIZE, '/a%00'],
    [NORMALIZE, '/a\0'],
  ])('%j: %s is refused', (hcm, path) => {
    expect(normalized(hcm, path).kind).toBe('rejected');
  });

  it('normalises what is normal to itself', () => {
    const segment = fc.stringMatching(/^[a-z.%25]{0,4}$/);
    fc.assert(
      fc.property(fc.array(segment), segments => {
        const once = normalized(NORMALIZE, `/${segments.join('/')}`);
        if (once.kind === 'path') expect(normalized(NORMALIZE, once.path)).toEqual(once);
      }),
    );
  });
});
