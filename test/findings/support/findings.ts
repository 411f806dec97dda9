import { checkSnapshot } from '../../../src/findings/check.js';
import type { FindingCode } from '../../../src/findings/codes.js';
import { describeObject, type Finding } from '../../../src/findings/finding.js';
import { findingsOfTrace } from '../../../src/findings/of-trace.js';
import type { ProxyConfig } from '../../../src/model/proxy.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';

export function snapshotOfProxies(...proxies: ProxyConfig[]): Snapshot {
  return { proxies, pilot: new Map(), workloads: new Map(), notes: [] };
}

/** What a check of these proxies finds under one code. */
export function checked(code: FindingCode, ...proxies: ProxyConfig[]): Finding[] {
  return checkSnapshot(snapshotOfProxies(...proxies)).filter(finding => finding.code === code);
}

/** What a trace through the first of these proxies finds, in its order. */
export function traced(request: TraceRequest, ...proxies: [ProxyConfig, ...ProxyConfig[]]): Finding[] {
  const result = traceRequest(proxies[0], request, 1, { proxies });
  return findingsOfTrace(result, proxies[0], snapshotOfProxies(...proxies));
}

/** `error missing-subset DestinationRule shop/catalog`. */
export function line({ severity, code, resource }: Finding): string {
  return `${severity} ${code} ${resource === null ? '-' : describeObject(resource)}`;
}
