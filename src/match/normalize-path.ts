import type { View } from '../model/view.js';

/** A path after normalisation, or what Envoy answers instead. */
export type NormalizedPath =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'redirect'; readonly path: string }
  | { readonly kind: 'rejected'; readonly why: string };

/**
 * Escaped slashes, then RFC 3986 normalisation, then merged slashes, as the connection manager is told to; the query string stays.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto
 * (path_with_escaped_slashes_action, normalize_path, merge_slashes)
 */
export function normalizePath(hcm: View, pathAndQuery: string): NormalizedPath {
  const cut = pathAndQuery.search(/[?#]/);
  const query = cut < 0 ? '' : pathAndQuery.slice(cut);
  let path = cut < 0 ? pathAndQuery : pathAndQuery.slice(0, cut);
  let redirect = false;
  if (/%2f|%5c/i.test(path)) {
    switch (hcm.string('path_with_escaped_slashes_action')) {
      case 'REJECT_REQUEST':
        return { kind: 'rejected', why: 'the path has escaped slashes, which are rejected' };
      case 'UNESCAPE_AND_REDIRECT':
        redirect = true;
        path = unescapeSlashes(path);
        break;
      case 'UNESCAPE_AND_FORWARD':
        path = unescapeSlashes(path);
        break;
      default:
        break;
    }
  }
  if (hcm.boolean('normalize_path')) {
    const canonical = canonicalPath(path);
    if (canonical === null)
      return { kind: 'rejected', why: 'the path cannot be normalised (it has an escaped NUL or a broken escape)' };
    path = canonical;
  }
  if (hcm.boolean('merge_slashes')) path = path.replace(/\/{2,}/g, '/');
  return { kind: redirect ? 'redirect' : 'path', path: path + query };
}

function unescapeSlashes(path: string): string {
  return path.replace(/%2f/gi, '/').replace(/%5c/gi, '\\');
}

/** What a canonical path has escaped only, but for the percent sign (source/common/chromium_url/url_canon_path.cc, kPathCharLookup). */
const ESCAPED = /[\x01-\x20"#<>?^`{|}]|[^\x00-\x7e]/gu;

/** RFC 3986 section 6: unreserved characters unescaped, others escaped, backslashes as slashes, dot segments removed; null where Envoy fails. */
function canonicalPath(path: string): string | null {
  if (/%00|\0/.test(path)) return null;
  const escaped = path.replace(ESCAPED, percentEncoded);
  if (escaped.startsWith('/') && !/[%\\]|\/\./.test(escaped)) return escaped;
  const plain = escaped.replace(/\\/g, '/').replace(/%([0-9a-f]{2})/gi, (whole, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9\-._~]/.test(character) ? character : whole;
  });
  return removeDotSegments(plain);
}

/** The bytes of a character as UTF-8. */
function percentEncoded(character: string): string {
  const bytes = [...new TextEncoder().encode(character)];
  return bytes.map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function removeDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (isLast) kept.push('');
  }
  return `/${kept.join('/')}`;
}
