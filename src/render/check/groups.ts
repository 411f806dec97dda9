import type { CheckedFinding } from '../../findings/check-result.js';
import { groupedBy } from '../../model/grouped-by.js';

/** Findings of one kind about one object, whichever proxies show them. */
export interface FindingGroup {
  /** The first of them: its code, severity, title, object and remedy stand for all. */
  readonly first: CheckedFinding;
  /** What is said, each sentence once. */
  readonly whys: readonly string[];
  readonly proxies: readonly string[];
}

/** Groups findings for people, in the order in which they stand: one broken service shows in every proxy. */
export function groupFindings(findings: readonly CheckedFinding[]): FindingGroup[] {
  const groups = groupedBy(findings, ({ severity, code, resource, proxy }) =>
    JSON.stringify([severity, code, resource ?? proxy]),
  );
  return [...groups.values()].flatMap(group => {
    const [first] = group;
    if (first === undefined) return [];
    const proxies = group.flatMap(({ proxy }) => (proxy === null ? [] : [proxy]));
    return [{ first, whys: unique(group.map(({ why }) => why)), proxies: unique(proxies) }];
  });
}

/** `2 errors, 1 warning; 3 notes left out by --show`: each object once, whichever proxies show it. */
export function describeCounts(groups: readonly FindingGroup[], leftOut: readonly FindingGroup[]): string {
  const hidden = countsOf(leftOut);
  const parts = [countsOf(groups), hidden === '' ? '' : `${hidden} left out by --show`].filter(part => part !== '');
  return parts.length === 0 ? 'nothing found' : parts.join('; ');
}

function countsOf(groups: readonly FindingGroup[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap(severity => {
    const number = groups.filter(({ first }) => first.severity === severity).length;
    const noun = severity === 'info' ? 'note' : severity;
    return number === 0 ? [] : [`${number} ${noun}${number === 1 ? '' : 's'}`];
  });
  return parts.join(', ');
}

/** `client.shop`, or how many more there are: `client.shop and 5 more proxies`. */
export function describeProxies(proxies: readonly string[]): string {
  const [first = '', ...others] = proxies;
  if (others.length === 0) return first;
  return `${first} and ${others.length} more ${others.length === 1 ? 'proxy' : 'proxies'}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
