import { escapePointer } from '../decode/case.js';
import { isObject } from '../decode/json.js';
import { extensionOf } from '../model/extension.js';
import { View } from '../model/view.js';
import { cidrText, parseIp, rangesWith } from './cidr.js';
import { inputText } from './matcher-predicate.js';
import { unknownIn } from './partial-text.js';
import { serverNameCandidates } from './server-name.js';
import { type Unknown, unsupported, unsupportedExtension } from './ternary.js';

/** The OnMatch messages of a matcher tree that take a value, in the order in which they are tried, and the reason in words. */
export interface Branches {
  readonly taken: View[] | Unknown;
  readonly why: string;
}

/** A branch and the key under which the tree has it. */
interface Branch {
  readonly key: string;
  readonly onMatch: View;
}

/**
 * Looks a value up in an xds.type.matcher.v3.Matcher.MatcherTree: `exact_match_map`, `prefix_match_map` (longest first), or a custom
 * IPMatcher or ServerNameMatcher. Unknown for another custom matcher. An input without a value takes no branch.
 * https://github.com/cncf/xds/blob/main/xds/type/matcher/v3/matcher.proto
 */
export function branches(tree: View, input: string, value: string | undefined): Branches {
  if (value === undefined) return { taken: [], why: `${input} has no value` };
  const found = unknownIn(value) ?? lookUp(tree, value);
  if (!Array.isArray(found)) return { taken: found, why: found.what };
  const text = inputText(input, value);
  const [first] = found;
  const why = first === undefined ? `${text} is not in the matcher tree` : `${text} leads to ${first.key}`;
  return { taken: found.map(({ onMatch }) => onMatch), why };
}

function lookUp(tree: View, value: string): Branch[] | Unknown {
  const exact = tree.get('exact_match_map');
  if (exact !== undefined) return entriesAt(exact, [value]);
  const prefix = tree.get('prefix_match_map');
  if (prefix !== undefined) {
    const keys = Object.keys(prefix.get('map')?.value ?? {}).filter(key => value.startsWith(key));
    return entriesAt(
      prefix,
      keys.sort((a, b) => b.length - a.length),
    );
  }
  const custom = tree.get('custom_match');
  if (custom === undefined) return unsupported('a matcher tree that sets nothing');
  const extension = extensionOf(custom);
  const { type, config } = extension;
  if (type?.endsWith('.IPMatcher')) return ipBranches(config, value);
  if (type?.endsWith('.ServerNameMatcher')) return serverNameBranches(config, value);
  return unsupportedExtension('matcher', extension);
}

/** Keys of a map stand as they are written: the two case forms of field names do not go for them. */
function entriesAt(owner: View, keys: readonly string[]): Branch[] {
  const map = owner.get('map');
  return keys.flatMap(key => {
    const onMatch = map !== undefined && Object.hasOwn(map.value, key) ? map.value[key] : undefined;
    if (map === undefined || !isObject(onMatch)) return [];
    return [{ key: JSON.stringify(key), onMatch: new View(onMatch, `${map.pointer}/${escapePointer(key)}`) }];
  });
}

/** The longest range first, then in order; an `exclusive` range is not tried after another one. */
function ipBranches(config: View, value: string): Branch[] {
  const ip = parseIp(value);
  return config
    .list('range_matchers')
    .flatMap(matcher => rangesWith(matcher.list('ranges'), ip).map(cidr => ({ matcher, cidr })))
    .sort((a, b) => b.cidr.prefixLength - a.cidr.prefixLength)
    .filter(({ matcher }, index) => index === 0 || !matcher.boolean('exclusive'))
    .flatMap(({ matcher, cidr }) => branch(cidrText(cidr), matcher));
}

/** The exact name first, then the wildcards from the longest, then `*`; an empty name takes none. */
function serverNameBranches(config: View, value: string): Branch[] {
  const matchers = new Map<string, View>();
  for (const matcher of config.list('domain_matchers')) {
    for (const domain of matcher.strings('domains')) if (!matchers.has(domain)) matchers.set(domain, matcher);
  }
  const keys = value === '' ? [] : [value, ...wildcards(value), '*'];
  return keys.flatMap(key => {
    const matcher = matchers.get(key);
    return matcher === undefined ? [] : branch(key, matcher);
  });
}

function wildcards(name: string): string[] {
  return serverNameCandidates(name)
    .slice(1, -1)
    .map(suffix => `*${suffix}`);
}

function branch(key: string, matcher: View): Branch[] {
  const onMatch = matcher.get('on_match');
  return onMatch === undefined ? [] : [{ key, onMatch }];
}
