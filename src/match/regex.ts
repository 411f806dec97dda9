import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import { ecmascriptOnly } from './ecmascript.js';
import { compileLookahead } from './lookahead.js';

/** The grammar in which a pattern is written: RE2's, or that of `std::regex` for the `regex` fields of API v2. */
export type Dialect = 're2' | 'ecmascript';

export interface CompiledRegex {
  /** Whether the whole value matches, as Envoy's matchers ask. */
  full(value: string): boolean;
  /** Whether any part of the value matches. */
  find(value: string): boolean;
  /** Replaces every match; `\0` to `\9` in the substitution stand for the match and its groups, as in RE2::GlobalReplace. */
  replaceAll(value: string, substitution: string): string;
  /** The named groups of a full match, a group that took no part as an empty string; null where the value does not match. */
  captures(value: string): Map<string, string> | null;
}

/** A pattern that Envoy would refuse, or whose meaning RE2 does not have. */
export class PatternError extends Error {
  override readonly name = 'PatternError';

  constructor(
    readonly pattern: string,
    /** Why, a clause without full stop. */
    readonly reason: string,
  ) {
    super(`pattern ${JSON.stringify(pattern)}: ${reason}`);
  }
}

/** Letters, escaped signs, dots with a repetition and anything between `|`. */
const PLAIN = /^(?:[\w\s/:,=%#@!~;&<>"'-]|\\[./-]|\.[*+?]?|\|)*$/;

/** Whether it shows at once that RE2 takes a pattern, without loading what compiles patterns. */
export function isPlainPattern(pattern: string): boolean {
  return PLAIN.test(pattern);
}

const CACHE_SIZE = 2000;
const cache = new Map<string, CompiledRegex>();

/**
 * Compiles a pattern of a configuration. It runs on RE2 in either dialect, in time linear in the value; an ECMAScript pattern with lookahead
 * on an evaluator of its own, which matches and replaces nothing.
 * Throws PatternError where RE2 refuses it, or where an ECMAScript pattern means something else in RE2.
 * Rules: type/matcher/v3/regex.proto (RegexMatcher, RegexMatchAndSubstitute) and RE2's syntax page.
 */
export function compileRegex(pattern: string, dialect: Dialect = 're2'): CompiledRegex {
  const key = `${dialect} ${pattern}`;
  let compiled = cache.get(key);
  if (compiled === undefined) {
    compiled = compile(pattern, dialect);
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(key, compiled);
  }
  return compiled;
}

function compile(pattern: string, dialect: Dialect): CompiledRegex {
  const foreign = dialect === 'ecmascript' ? ecmascriptOnly(pattern) : undefined;
  const lookahead = foreign === 'lookahead' ? compileLookahead(pattern) : null;
  if (lookahead !== null) return { ...lookahead, replaceAll: value => value, captures: () => null };
  if (foreign !== undefined) {
    throw new PatternError(pattern, `the v2 regex uses ECMAScript features (${foreign}) that are not evaluated`);
  }
  const regex = parse(pattern);
  return {
    full: value => regex.testExact(value),
    find: value => regex.test(value),
    replaceAll: (value, substitution) => replaceAll(regex, value, substitution),
    captures: value => captures(regex, value),
  };
}

function parse(pattern: string): RE2JS {
  // Loaded when the first pattern is met: most traces meet none.
  const { RE2JS } = createRequire(import.meta.url)('re2js') as typeof import('re2js');
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new PatternError(pattern, text.replace(/^error parsing regexp: /, ''));
  }
}

function captures(regex: RE2JS, value: string): Map<string, string> | null {
  const matcher = regex.matcher(value);
  if (!matcher.matches()) return null;
  return new Map(Object.entries(matcher.getNamedGroups()).map(([name, text]) => [name, text ?? '']));
}

/** RE2 skips an empty match right after a match, and leaves the value alone where the substitution names a missing group. */
function replaceAll(regex: RE2JS, value: string, substitution: string): string {
  const parts = substitutionParts(substitution);
  if (parts.some(part => typeof part === 'number' && part > regex.groupCount())) return value;
  const matcher = regex.matcher(value);
  let result = '';
  let position = 0;
  let lastEnd = -1;
  while (position <= value.length && matcher.find(position)) {
    const start = matcher.start();
    const end = matcher.end();
    result += value.slice(position, start);
    if (start === end && start === lastEnd) {
      result += value.slice(start, start + 1);
      position = start + 1;
      continue;
    }
    result += parts.map(part => (typeof part === 'number' ? (matcher.group(part) ?? '') : part)).join('');
    position = end;
    lastEnd = end;
  }
  return result + value.slice(position);
}

/** Literal texts and group numbers of a substitution; RE2 ignores what follows an invalid escape. */
function substitutionParts(substitution: string): (string | number)[] {
  const parts: (string | number)[] = [];
  for (const [token, digit] of substitution.matchAll(/\\(\d)|\\\\|\\.?|[^\\]+/gs)) {
    if (digit !== undefined) parts.push(Number(digit));
    else if (token === '\\\\') parts.push('\\');
    else if (token.startsWith('\\')) break;
    else parts.push(token);
  }
  return parts;
}
