import { stripPort } from '../../match/authority.js';
import { evidenceOf } from '../../trace/evidence.js';
import { requestObject } from '../destination.js';
import { originOf } from '../provenance.js';
import type { Rule, TraceScope } from '../rule.js';
import type { TableSubject, VirtualHostSubject } from '../subjects.js';
import { list } from '../words.js';

/**
 * Domains are compared with the port that the Host header carries, unless the table ignores it: `reviews:9999` is not `reviews:8888`.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route.proto (ignore_port_in_host_matching)
 */
export const domainPortMismatch: Rule = {
  code: 'domain-port-mismatch',
  virtualHost: subject => unreachable(subject),
  trace: trace => {
    const { table, virtualHost } = trace.touched;
    const missed = virtualHost === null || virtualHost.virtualHost.strings('domains').includes('*');
    return table === null || !missed ? [] : nearMiss(trace, table);
  },
};

/** The request’s host is there with another port, or without one. */
function nearMiss({ result }: TraceScope, { table, resource }: TableSubject) {
  const host = String(result.request.host ?? '').toLowerCase();
  const name = stripPort(host);
  if (name === host || table.boolean('ignore_port_in_host_matching')) return [];
  const found = table
    .list('virtual_hosts')
    .map(virtualHost => ({
      virtualHost,
      domains: virtualHost.strings('domains').filter(domain => stripPort(domain.toLowerCase()) === name),
    }))
    .find(({ domains }) => domains.length > 0);
  if (found === undefined) return [];
  return [
    {
      resource: requestObject(result),
      evidence: [evidenceOf(resource, found.virtualHost.pointer)],
      why: `The Host header ${host} names another port than the virtual host ${found.virtualHost.string('name') ?? ''}, which takes ${list(found.domains)}: Envoy compares the port as well, so that the request falls to another virtual host or to none.`,
      remedy: `Send the Host header as ${found.domains[0]}: call the port that the service has.`,
    },
  ];
}

/** Every domain carries a port, and none carries the one that the table is for. */
function unreachable({ table, resource, virtualHost }: VirtualHostSubject) {
  const port = /^\d+$/.exec(table.string('name') ?? '')?.[0];
  const domains = virtualHost.strings('domains');
  if (port === undefined || domains.length === 0 || table.boolean('ignore_port_in_host_matching')) return [];
  const ports = domains.map(domain => /:(\d+)$/.exec(domain)?.[1]);
  if (ports.some(found => found === undefined || found === port)) return [];
  const origin = virtualHost
    .list('routes')
    .map(originOf)
    .find(found => found !== null);
  return [
    {
      resource: origin ?? { kind: 'route', namespace: null, name: port },
      evidence: [evidenceOf(resource, virtualHost.pointer)],
      why: `Virtual host ${virtualHost.string('name') ?? ''} of route table ${port} takes ${list(domains)} only: clients of port ${port} send another Host header, and never reach it.`,
      remedy: `Add the domain with port ${port}, or without a port.`,
    },
  ];
}
