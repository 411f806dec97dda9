import { isObject } from '../../decode/json.js';
import { compileRegex, isPlainPattern, PatternError } from '../../match/regex.js';
import { oncePerMessage } from '../../model/once.js';
import type { View } from '../../model/view.js';
import { evidenceOf } from '../../trace/evidence.js';
import type { Draft } from '../finding.js';
import { edit } from '../kubectl.js';
import { describeRoute, routeOwner } from '../provenance.js';
import type { Rule } from '../rule.js';
import type { RouteSubject } from '../subjects.js';
import { sentence } from '../words.js';

/**
 * A pattern that RE2 does not take, such as one with lookahead: Envoy refuses the route table. The `regex` fields of API v2 are ECMAScript’s;
 * there such a pattern works until Envoy is upgraded.
 * https://github.com/google/re2/wiki/Syntax
 */
export const regexNotRe2: Rule = {
  code: 'regex-not-re2',
  route: draftsOf,
  trace: ({ touched: { route, virtualHost } }) =>
    route !== null || virtualHost === null
      ? []
      : virtualHost.virtualHost
          .list('routes')
          .flatMap((undecided, index) => draftsOf({ ...virtualHost, route: undecided, index })),
};

function draftsOf(subject: RouteSubject): Draft[] {
  return patternsIn(subject.route).flatMap(({ pattern, pointer, isEarly }) => {
    const reason = problemOf(pattern);
    if (reason === null) return [];
    const owner = routeOwner(subject);
    const effect = isEarly
      ? 'This Envoy runs it as ECMAScript; Envoy from 1.12 on wants RE2 and would refuse the table.'
      : 'Envoy refuses the whole route table and goes on with the one before.';
    return [
      {
        severity: isEarly ? ('info' as const) : ('error' as const),
        resource: owner,
        evidence: [evidenceOf(subject.resource, pointer)],
        why: `${sentence(describeRoute(subject))} has the pattern ${pattern}, which is not RE2: ${reason}. ${effect}`,
        remedy: `Write it without lookahead, lookbehind and back references, or match a prefix or a header instead (${edit(owner)}).`,
      },
    ];
  });
}

interface Pattern {
  readonly pattern: string;
  readonly pointer: string;
  /** From a field of API v2, `regex` or `regex_match`. */
  readonly isEarly: boolean;
}

/** The parts of a route that hold patterns. */
const patternsIn = oncePerMessage((route: View): readonly Pattern[] => {
  const action = route.get('route');
  const holders = [
    route.get('match'),
    action?.get('regex_rewrite'),
    action?.get('host_rewrite_path_regex'),
    route.get('redirect')?.get('regex_rewrite'),
  ];
  return holders.flatMap(holder => (holder === undefined ? [] : patternsBelow(holder.value, holder.pointer, false)));
});

function patternsBelow(value: unknown, pointer: string, isSafe: boolean): Pattern[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => patternsBelow(item, `${pointer}/${index}`, isSafe));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = `${pointer}/${key}`;
    if (/^regex(_match|Match)?$/.test(key) && typeof item === 'string')
      return [{ pattern: item, pointer: at, isEarly: !isSafe }];
    return patternsBelow(item, at, /^(safe_regex|safeRegex|pattern)/.test(key));
  });
}

function problemOf(pattern: string): string | null {
  if (isPlainPattern(pattern)) return null;
  try {
    compileRegex(pattern);
    return null;
  } catch (error) {
    if (error instanceof PatternError) return error.reason;
    throw error;
  }
}
