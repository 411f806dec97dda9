import { splitSocket } from '../model/address.js';
import type { Workload } from '../model/workload.js';
import type { TraceRequest } from './request.js';

type Workloads = ReadonlyMap<string, Workload> | undefined;

/** A request with the identity that a ztunnel's dump gives its source address, where the request names none. */
export function sourceOf(
  request: TraceRequest,
  workloads: Workloads,
): { request: TraceRequest; assumptions: string[] } {
  const { from } = request;
  const workload = from?.ip === undefined ? undefined : workloads?.get(from.ip);
  if (workload === undefined || workload.principal === null || from?.principal !== undefined)
    return { request, assumptions: [] };
  const identity = { principal: workload.principal, namespace: workload.namespace };
  return {
    request: { ...request, from: { ...from, ...identity } },
    assumptions: [
      `${from?.ip} is ${describeWorkload(workload)} with the identity ${workload.principal} (ztunnel’s dump)`,
    ],
  };
}

/** Addresses (`ip:port`) with the workloads behind them, where a ztunnel's dump knows them. */
export function nameEndpoints(addresses: readonly string[], workloads: Workloads): string {
  if (workloads === undefined || workloads.size === 0) return addresses.join('; ');
  return addresses
    .map(address => {
      const workload = workloads.get(splitSocket(address).ip);
      return workload === undefined ? address : `${address}, ${describeWorkload(workload)} by ${workload.protocol}`;
    })
    .join('; ');
}

function describeWorkload({ namespace, workloadName, name }: Workload): string {
  return `workload ${namespace}/${workloadName}${name === workloadName ? '' : ` (pod ${name})`}`;
}
