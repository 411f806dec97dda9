import { expect } from 'vitest';
import { checkSnapshot } from '../../../src/findings/check.js';
import type { FindingCode } from '../../../src/findings/codes.js';
import { describeObject, type Finding } from '../../../src/findings/finding.js';
import { findingsOfTrace } from '../../../src/findings/of-trace.js';
import type { ProxyConfig } from '../../../src/model/proxy.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { remedyParts } from '../../../src/render/remedy.js';
import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';

/** A command that takes logs by a label and does not say how many lines. */
export const TEN_LINES = /^kubectl logs (?!.*--tail).* -l /;

export function snapshotOfProxies(...proxies: ProxyConfig[]): Snapshot {
  return { proxies, pilot: new Map(), workloads: new Map(), notes: [] };
}

/**
 * The findings, of which none may tell a command in its sentences: there it stands twice, and is broken by the line. None may look
 * for a word in the ten lines that `kubectl logs -l` shows by itself.
 */
function readable(findings: Finding[]): Finding[] {
  for (const { code, remedy } of findings) {
    const { prose, commands } = remedyParts(remedy);
    expect(prose, code).not.toMatch(/`(?:kubectl|istioctl|mesh-trace|curl|openssl) /);
    for (const command of commands) expect(command, code).not.toMatch(TEN_LINES);
  }
  return findings;
}

/** What a check of these proxies finds under one code. */
export function checked(code: FindingCode, ...proxies: ProxyConfig[]): Finding[] {
  return readable(checkSnapshot(snapshotOfProxies(...proxies))).filter(finding => finding.code === code);
}

/** What a trace through the first of these proxies finds, in its order. */
export function traced(request: TraceRequest, ...proxies: [ProxyConfig, ...ProxyConfig[]]): Finding[] {
  const result = traceRequest(proxies[0], request, 1, { proxies });
  return readable(findingsOfTrace(result, proxies[0], snapshotOfProxies(...proxies)));
}

/** `error missing-subset DestinationRule shop/catalog`. */
export function line({ severity, code, resource }: Finding): string {
  return `${severity} ${code} ${resource === null ? '-' : describeObject(resource)}`;
}
