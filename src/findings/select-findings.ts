import { FINDING_CODES, type FindingCode, isAtLeast, type Severity } from './codes.js';
import { nearest } from './explanations/near.js';
import type { Finding, ObjectRef } from './finding.js';

/** Findings to be left out: all of a code, or those about certain objects. */
export interface Ignored {
  readonly code: FindingCode;
  /** `NAME`, `NAMESPACE/NAME` or `KIND/NAMESPACE/NAME`, with `*` for any letters; null for every object. */
  readonly object: string | null;
}

/** Which findings a check is about. */
export interface Selection {
  /** Codes; null for all. */
  readonly only: readonly FindingCode[] | null;
  readonly ignored: readonly Ignored[];
}

/** A text that names no finding. */
export class UnknownFinding extends Error {
  /** Codes that may have been meant. */
  readonly near: readonly string[];

  constructor(readonly code: string) {
    super(`there is no finding ${code}`);
    this.name = 'UnknownFinding';
    this.near = nearest(code, FINDING_CODES);
  }
}

/** Reads codes, several by commas. Throws UnknownFinding. */
export function codesOf(text: string): FindingCode[] {
  return text
    .split(',')
    .map(code => code.trim())
    .filter(code => code !== '')
    .map(codeOf);
}

/** Reads `code` or `code:object`. Throws UnknownFinding. */
export function ignoredOf(text: string): Ignored {
  const cut = text.indexOf(':');
  if (cut < 0) return { code: codeOf(text.trim()), object: null };
  return { code: codeOf(text.slice(0, cut).trim()), object: text.slice(cut + 1).trim() };
}

/** The findings that a selection leaves. */
export function selectFindings(findings: readonly Finding[], { only, ignored }: Selection): Finding[] {
  return findings.filter(
    finding => (only === null || only.includes(finding.code)) && !ignored.some(item => isIgnored(finding, item)),
  );
}

/** Whether one of the findings is as grave as this, or graver. */
export function reaches(findings: readonly Finding[], limit: Severity): boolean {
  return findings.some(({ severity }) => isAtLeast(severity, limit));
}

function codeOf(text: string): FindingCode {
  const code = FINDING_CODES.find(known => known === text);
  if (code === undefined) throw new UnknownFinding(text);
  return code;
}

function isIgnored({ code, resource }: Finding, { code: ignored, object }: Ignored): boolean {
  if (code !== ignored) return false;
  return object === null || (resource !== null && namesObject(object, resource));
}

/** Compares from the end: a name, then namespaces, then kinds, as far as they are given. */
function namesObject(pattern: string, { kind, namespace, name }: ObjectRef): boolean {
  const whole = [kind, ...(namespace === null || namespace === '' ? [] : [namespace]), name];
  const regex = new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`, 'i');
  return whole.some((_, index) => regex.test(whole.slice(index).join('/')));
}

function literal(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
