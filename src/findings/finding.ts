import type { Evidence, FindingSummary } from '../trace/result.js';
import { CATALOGUE } from './catalogue.js';
import { FINDING_CODES, type FindingCode, SEVERITIES, type Severity } from './codes.js';

/** The object to change. A Kubernetes kind where the configuration tells it, else Envoy’s own (`listener`, `route`, …). */
export interface ObjectRef {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/** A problem in a configuration. */
export interface Finding extends FindingSummary {
  readonly code: FindingCode;
  /** `pod.namespace` of the proxy whose configuration shows it; null where it is about several. */
  readonly proxy: string | null;
  readonly resource: ObjectRef | null;
  /** What the claim rests on, the place that tells most first. */
  readonly evidence: readonly Evidence[];
}

/** What a rule says; code, title and proxy are added by whoever runs it. */
export interface Draft {
  /** Where it differs from the catalogue’s. */
  readonly severity?: Severity;
  readonly resource: ObjectRef | null;
  readonly evidence: readonly Evidence[];
  /** What is so and why it matters, in whole sentences. */
  readonly why: string;
  /** What to do, in whole sentences, with the command. */
  readonly remedy: string;
}

/** A finding of a proxy (`pod.namespace`, null for none): what a rule drafted, with the severity, unless drafted, and title of its code. */
export function findingOf(code: FindingCode, proxy: string | null, draft: Draft): Finding {
  const { severity, title } = CATALOGUE[code];
  return {
    code,
    severity: draft.severity ?? severity,
    title,
    proxy,
    resource: draft.resource === null ? null : { ...draft.resource },
    pointer: draft.evidence[0]?.pointer ?? null,
    why: draft.why,
    remedy: draft.remedy,
    evidence: draft.evidence,
  };
}

/** A finding as a trace’s result holds it. */
export function summaryOf({ code, severity, title, resource, pointer, why, remedy }: Finding): FindingSummary {
  return { code, severity, title, resource, pointer, why, remedy };
}

/** `DestinationRule shop/catalog`, `Request http://catalog:8081/`. */
export function describeObject({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === null || namespace === '' ? '' : `${namespace}/`}${name}`;
}

/** Gravest first, then in the order of the codes, proxies and objects. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code) ||
    compareText(a.proxy ?? '', b.proxy ?? '') ||
    compareText(identity(a), identity(b)) ||
    compareText(a.pointer ?? '', b.pointer ?? '')
  );
}

/** Findings that say the same of the same object, once: the first one stays. */
export function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(finding => {
    const key = [finding.code, finding.proxy ?? '', identity(finding), finding.why].join('\0');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function identity({ resource }: Finding): string {
  return resource === null ? '' : describeObject(resource);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
