import type { HeaderLookup } from './header.js';

const OPERATOR = /%%|%([A-Z_]+)(?:\(([^)]*)\))?(?::(\d+))?%/g;

/** What stands for a header that is absent: `-`, or nothing where a formatter omits empty values, as that of added headers does. */
export type Absent = '-' | '';

/**
 * Evaluates Envoy's command operators in a header value or rewrite: `%REQ(X?Y):Z%` and `%PATH(NQ:PATH)%` from the request, others from `known`
 * by their names; null where an operator stands for something that only the running Envoy knows.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/advanced/substitution_formatter
 */
export function substitute(
  format: string,
  headers: HeaderLookup,
  known: Readonly<Record<string, string>> = {},
  absent: Absent = '-',
): string | null {
  let isKnown = true;
  const text = format.replace(OPERATOR, (whole, name: string | undefined, argument = '', length?: string) => {
    if (whole === '%%') return '%';
    const value = operatorValue(name ?? '', argument, headers, absent) ?? known[name ?? ''] ?? null;
    if (value === null) isKnown = false;
    const kept = value ?? '';
    return length === undefined ? kept : kept.slice(0, Number(length));
  });
  return isKnown ? text : null;
}

function operatorValue(name: string, argument: string, headers: HeaderLookup, absent: Absent): string | null {
  if (name === 'REQ' || name === 'REQ_WITHOUT_QUERY') {
    const names = argument.toLowerCase().split('?');
    const value = names.map(candidate => headers(candidate)).find(found => found !== undefined) ?? absent;
    return name === 'REQ' ? value : value.replace(/\?.*$/, '');
  }
  if (name !== 'PATH') return null;
  const [query = 'WQ', source = 'PATH_OR_ORIGINAL'] = argument.split(':');
  const original = source === 'PATH' ? undefined : headers('x-envoy-original-path');
  const path = original ?? headers(':path') ?? '';
  return query === 'NQ' ? path.replace(/\?.*$/, '') : path;
}
