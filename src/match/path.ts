import { extensionOf } from '../model/extension.js';
import type { View } from '../model/view.js';
import { asciiLower } from './ascii.js';
import { PatternError } from './regex.js';
import { matchingRegex } from './string-test.js';
import { matchTemplate } from './template.js';
import { type Outcome, type Unknown, unsupported, unsupportedExtension } from './ternary.js';

/** What a path specifier looks at besides the path. `protocolUpgrade` is the value of the `upgrade` header. */
export interface PathRequest {
  readonly method: string;
  readonly protocolUpgrade?: string;
}

/** A path without its query string and fragment, which take no part in matching. */
export function pathOnly(path: string): string {
  return path.replace(/[?#].*$/s, '');
}

/**
 * Answers the path specifier of a route.v3.RouteMatch, v2's `regex` too, for `:path` as the router sees it; an empty path is one that was
 * not sent (CONNECT without a path) and only `connect_matcher` takes it. A match without a specifier, which a dump that drops zero values
 * shows for the prefix of the empty string, takes every path.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routematch
 */
export function matchPath(match: View, path: string, request: PathRequest): Outcome {
  if (match.has('connect_matcher')) return connect(request);
  if (path === '') return { result: false, why: 'the request has no path' };
  const actual = pathOnly(path);
  const specifier = SPECIFIERS.find(({ field }) => match.has(field));
  if (specifier === undefined) return { result: true, why: 'no path is asked for' };
  return specifier.match(match, actual);
}

interface Specifier {
  readonly field: string;
  readonly match: (match: View, path: string) => Outcome;
}

const SPECIFIERS: readonly Specifier[] = [
  {
    field: 'prefix',
    match: literal('prefix', (path, prefix) => path.startsWith(prefix), 'begins with', 'does not begin with'),
  },
  { field: 'path', match: literal('path', (path, exact) => path === exact, 'is exactly', 'is not exactly') },
  {
    field: 'path_separated_prefix',
    match: literal('path_separated_prefix', isUnder, 'is or lies under', 'neither is nor lies under'),
  },
  {
    field: 'safe_regex',
    match: (match, path) => regex(matchingRegex(match.get('safe_regex')?.string('regex') ?? ''), path),
  },
  { field: 'regex', match: (match, path) => regex(matchingRegex(match.string('regex') ?? '', 'ecmascript'), path) },
  { field: 'path_match_policy', match: (match, path) => policy(match.get('path_match_policy'), path) },
];

function literal(
  field: string,
  test: (path: string, pattern: string) => boolean,
  positive: string,
  negative: string,
): Specifier['match'] {
  return (match, path) => {
    const pattern = match.string(field) ?? '';
    const ignoresCase = !match.boolean('case_sensitive', true);
    const result = ignoresCase ? test(asciiLower(path), asciiLower(pattern)) : test(path, pattern);
    return { result, why: `path ${path} ${result ? positive : negative} ${pattern === '' ? '""' : pattern}` };
  };
}

/** `path_separated_prefix` holds at the end of a segment only: `/api` takes `/api` and `/api/x`, not `/apix`. */
function isUnder(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

function regex(test: ReturnType<typeof matchingRegex>, path: string): Outcome {
  if ('unknown' in test) return { result: test, why: test.what };
  const result = test.holds(path);
  return { result, why: `path ${path} ${result ? test.positive : test.negative}` };
}

function policy(view: View | undefined, path: string): Outcome {
  if (view === undefined) return undecided(unsupported('a path_match_policy without a configuration'));
  const extension = extensionOf(view);
  const { kind, config } = extension;
  const template = config.string('path_template');
  if (kind !== 'uri_template' || template === undefined) {
    return undecided(unsupportedExtension('path matcher', extension));
  }
  try {
    const result = matchTemplate(template, path) !== null;
    return { result, why: `path ${path} ${result ? 'matches' : 'does not match'} the template ${template}` };
  } catch (error) {
    if (error instanceof PatternError) return undecided(unsupported(`path template ${template}: ${error.reason}`));
    throw error;
  }
}

function undecided(unknown: Unknown): Outcome {
  return { result: unknown, why: unknown.what };
}

function connect({ method, protocolUpgrade }: PathRequest): Outcome {
  const result =
    method === 'CONNECT' || (protocolUpgrade !== undefined && asciiLower(protocolUpgrade) === 'connect-udp');
  return { result, why: `the request is ${result ? '' : 'not '}a CONNECT` };
}
