import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { LogReport } from '../../../src/findings/access-log/survey.js';
import type { TraceRequest } from '../../../src/trace/request.js';
import type { TraceResult } from '../../../src/trace/result.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { runCli } from '../../support/run-cli.js';
import { proxyOf } from '../../support/snapshot.js';

export const SNAPSHOTS = fileURLToPath(new URL('../../../snapshots/', import.meta.url));

export async function report(
  snapshot: string,
  lines: readonly string[],
  args: readonly string[] = [],
): Promise<LogReport> {
  const all = ['logs', '-', '-f', `${SNAPSHOTS}${snapshot}`, '-o', 'json', ...args];
  const { stdout, stderr } = await runCli(all, { stdin: lines.map(line => `${line}\n`).join('') });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

export interface Case {
  readonly name: string;
  readonly snapshot: string;
  readonly proxy: string;
  readonly request: TraceRequest;
}

export const MISSING = 'bookinfo-1.30-missing-subset';

export async function traced({ snapshot, proxy, request }: Case): Promise<TraceResult> {
  return traceRequest(await proxyOf(snapshot, proxy), request);
}

/** A failing line of productpage towards details, in Istio's newest format. */
export function line(
  end: string,
  { path = '/details/0', cluster = DETAILS, time = '2020-01-01T00:00:00.000Z' } = {},
): string {
  return `[${time}] "GET ${path} HTTP/1.1" ${end} 0 0 1 - "-" "-" "-" "details:8888" "-" ${cluster} - 10.96.117.8:8888 10.244.1.11:4000 - -`;
}
export const ADDRESSES = { reviews: '10.96.201.44', mytomcat: '10.96.88.80' } as const;

/** The same towards a service whose route has weighted clusters; a subset of `-` is a line that names no cluster. */
export function weightedLine(end: string, service: keyof typeof ADDRESSES, subset: string): string {
  const cluster = subset === '-' ? '-' : `outbound|8888|${subset}|${service}.default.svc.cluster.local`;
  return line(end, { path: '/z', cluster })
    .replace('details:', `${service}:`)
    .replace('10.96.117.8', ADDRESSES[service]);
}
const DETAILS = 'outbound|8888|v1|details.default.svc.cluster.local';
export const BASE = ['--proxy', 'productpage'];
