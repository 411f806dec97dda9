/** One host as `/clusters?format=json` has it: admin.v3.HostStatus. */
interface HostStatus {
  readonly address: unknown;
  hostname?: string;
  health_status?: Record<string, unknown>;
  weight?: number;
  priority?: number;
  locality: Record<string, string>;
}

interface ClusterStatus {
  readonly name: string;
  added_via_api?: boolean;
  eds_service_name?: string;
  observability_name?: string;
  readonly host_statuses: HostStatus[];
}

/** Flags of a host in the text, and the same in JSON: Envoy's source/common/upstream/host_utility.cc, clusters_handler.cc. */
const FLAGS: Readonly<Record<string, readonly [field: string, value: unknown]>> = {
  failed_active_hc: ['failed_active_health_check', true],
  failed_outlier_check: ['failed_outlier_check', true],
  failed_eds_health: ['eds_health_status', 'UNHEALTHY'],
  degraded_active_hc: ['failed_active_degraded_check', true],
  degraded_eds_health: ['eds_health_status', 'DEGRADED'],
  pending_dynamic_removal: ['pending_dynamic_removal', true],
  pending_active_hc: ['pending_active_hc', true],
  excluded_via_immediate_hc_fail: ['excluded_via_immediate_hc_fail', true],
  active_hc_timeout: ['active_hc_timeout', true],
  eds_status_draining: ['eds_health_status', 'DRAINING'],
};

/** No line of Envoy's is longer. */
const MAX_LINE = 16 * 1024;

const OF_CLUSTER = /^(.+)::(added_via_api|observability_name|eds_service_name)::(.*)$/;
/** Names of clusters and IPv6 addresses hold colons too, so an address is told by its form. */
const OF_HOST =
  /^(.+?)::(\[[^\]]*\]:\d+|[^:/[\]]+:\d+|envoy:\/\/.*?|[^:]*\/[^:]*)::(hostname|health_flags|weight|region|zone|sub_zone|priority)::(.*)$/;
const LINE = /^[^\n]+::(?:default_priority::max_connections|added_via_api|observability_name)::/m;

/** Whether a text is Envoy's `/clusters` in its text form, by its beginning. */
export function isClustersText(head: string): boolean {
  return LINE.test(head);
}

/** Envoy's `/clusters` as text in the form of `/clusters?format=json`, without counters and circuit breakers; other lines are passed over. */
export function clustersTextToJson(text: string): Buffer {
  const clusters = new Map<string, ClusterStatus>();
  const hosts = new Map<string, HostStatus>();
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    if (line.length > MAX_LINE) continue;
    const [, name = '', field = '', value = ''] = OF_CLUSTER.exec(line) ?? [];
    if (field !== '') setOfCluster(clusterOf(name, clusters), field, value);
    else addHostLine(line, clusters, hosts);
  }
  return Buffer.from(JSON.stringify({ cluster_statuses: [...clusters.values()] }));
}

function addHostLine(line: string, clusters: Map<string, ClusterStatus>, hosts: Map<string, HostStatus>): void {
  const [, name = '', address = '', field = '', value = ''] = OF_HOST.exec(line) ?? [];
  if (field === '') return;
  const key = `${name}::${address}`;
  let host = hosts.get(key);
  if (host === undefined) {
    host = { address: addressOf(address), locality: {} };
    hosts.set(key, host);
    clusterOf(name, clusters).host_statuses.push(host);
  }
  setOfHost(host, field, value);
}

function clusterOf(name: string, clusters: Map<string, ClusterStatus>): ClusterStatus {
  const known = clusters.get(name);
  if (known !== undefined) return known;
  const cluster: ClusterStatus = { name, host_statuses: [] };
  clusters.set(name, cluster);
  return cluster;
}

function setOfCluster(cluster: ClusterStatus, field: string, value: string): void {
  if (field === 'added_via_api') cluster.added_via_api = value === 'true';
  else if (field === 'eds_service_name') cluster.eds_service_name = value;
  else cluster.observability_name = value;
}

function setOfHost(host: HostStatus, field: string, value: string): void {
  if (field === 'health_flags') host.health_status = healthOf(value);
  else if (field === 'weight' || field === 'priority') host[field] = Number(value);
  else if (field === 'hostname') host.hostname = value;
  else if (value !== '') host.locality[field] = value;
}

/** `healthy`, or flags each behind a slash. */
function healthOf(flags: string): Record<string, unknown> {
  const set = flags.split('/').flatMap(flag => {
    const known = FLAGS[flag];
    return known === undefined ? [] : [known];
  });
  return { eds_health_status: 'HEALTHY', ...Object.fromEntries(set) };
}

function addressOf(text: string): unknown {
  const [, listener, id] = /^envoy:\/\/([^/]*)\/?(.*)$/.exec(text) ?? [];
  if (listener !== undefined) return { envoy_internal_address: { server_listener_name: listener, endpoint_id: id } };
  if (text.includes('/')) return { pipe: { path: text } };
  const colon = text.lastIndexOf(':');
  const address = text.slice(0, colon).replace(/^\[|\]$/g, '');
  return { socket_address: { address, port_value: Number(text.slice(colon + 1)) } };
}
