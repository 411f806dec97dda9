import type { Difference, DriftCause, DriftChange, DriftKind, DriftResult } from '../../compare/drift/difference.js';
import type { Style } from '../paint.js';

/** `-` the left side has it, `+` the right side has it, `~` both have it and it differs. */
export const SIGNS: Readonly<Record<DriftChange, { readonly sign: string; readonly style: Style }>> = {
  'only-left': { sign: '-', style: 'bad' },
  'only-right': { sign: '+', style: 'good' },
  changed: { sign: '~', style: 'warn' },
};

/** The cause as a label. */
export const LABELS: Readonly<Record<DriftCause, { readonly label: string; readonly style: Style }>> = {
  rejected: { label: 'REJECTED', style: 'bad' },
  warming: { label: 'WARMING', style: 'bad' },
  'not-pushed': { label: 'NOT PUSHED', style: 'bad' },
  stale: { label: 'STALE', style: 'warn' },
  'envoy-only': { label: 'ONLY IN ENVOY', style: 'warn' },
  'version-skew': { label: 'VERSION SKEW', style: 'warn' },
  unknown: { label: 'DIFFERS', style: 'warn' },
};

const PLURALS: Readonly<Record<DriftKind, string>> = {
  listener: 'listeners',
  route: 'routes',
  'scoped-route': 'scoped routes',
  cluster: 'clusters',
  endpoint: 'endpoints',
  secret: 'secrets',
  ecds: 'extensions',
  bootstrap: 'bootstrap',
};

/** The heading of a kind in the summary. */
export function kindHeading(kind: DriftKind): string {
  return PLURALS[kind];
}

/** What is compared: `web-1.shop: Pilot (-) against Envoy (+)`. */
export function heading({ proxy, left, right }: DriftResult): string {
  const sides = `${left} (-) against ${right} (+)`;
  return proxy === null ? sides : `${proxy}: ${sides}`;
}

/** The verdict in one sentence. */
export function verdict({ equal, differences, summary }: DriftResult): string {
  const compared = summary.reduce((sum, item) => sum + item.equal + item.onlyLeft + item.onlyRight + item.changed, 0);
  if (equal)
    return compared === 0
      ? 'Equal, as far as the text tells.'
      : `Equal: all ${compared} resources mean the same on both sides.`;
  const fail = differences.filter(({ effects }) => effects.some(({ weight }) => weight === 2)).length;
  const other = differences.filter(({ effects }) => effects.length > 0).length - fail;
  const parts = [
    `${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}`,
    fail > 0 ? `${fail} ${fail === 1 ? 'makes' : 'make'} requests fail` : '',
    other > 0 ? `${other} ${other === 1 ? 'makes' : 'make'} requests end otherwise` : '',
    fail + other === 0 ? 'none changes how a traced request ends' : '',
  ];
  return `${parts.filter(part => part !== '').join('; ')}.`;
}

/** A resource by kind and name; the bootstrap has no other name. */
export function titleOf({ kind, name }: Difference): string {
  if (kind === name) return kind;
  return `${kind} ${name ?? '(its name is not in the text)'}`;
}
