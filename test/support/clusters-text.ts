interface Status {
  readonly name: string;
  readonly added_via_api?: boolean;
  readonly eds_service_name?: string;
  readonly observability_name?: string;
  readonly host_statuses?: readonly Host[];
}

interface Host {
  readonly address: Record<string, Record<string, unknown>>;
  readonly hostname?: string;
  readonly health_status?: Record<string, unknown>;
  readonly weight?: number;
  readonly priority?: number;
  readonly locality?: Record<string, string>;
}

const FLAGS: Record<string, string> = {
  failed_active_health_check: 'failed_active_hc',
  failed_outlier_check: 'failed_outlier_check',
  failed_active_degraded_check: 'degraded_active_hc',
  pending_dynamic_removal: 'pending_dynamic_removal',
  pending_active_hc: 'pending_active_hc',
  excluded_via_immediate_hc_fail: 'excluded_via_immediate_hc_fail',
  active_hc_timeout: 'active_hc_timeout',
};
const EDS: Record<string, string> = {
  UNHEALTHY: 'failed_eds_health',
  DEGRADED: 'degraded_eds_health',
  DRAINING: 'eds_status_draining',
};

/** What Envoy answers to `/clusters` where it answers this to `/clusters?format=json`. */
export function clustersAsText(statuses: readonly Status[]): string {
  return statuses.map(status => `${linesOf(status).join('\n')}\n`).join('');
}

function linesOf(status: Status): string[] {
  const { name, added_via_api = false, observability_name, eds_service_name } = status;
  return [
    ...(observability_name === undefined ? [] : [`${name}::observability_name::${observability_name}`]),
    `${name}::outlier::success_rate_average::-1`,
    ...['default', 'high'].flatMap(priority => [
      `${name}::${priority}_priority::max_connections::1024`,
      `${name}::${priority}_priority::max_retries::3`,
    ]),
    `${name}::added_via_api::${added_via_api}`,
    ...(eds_service_name === undefined ? [] : [`${name}::eds_service_name::${eds_service_name}`]),
    ...(status.host_statuses ?? []).flatMap(host =>
      factsOf(host).map(([fact, value]) => `${name}::${addressOf(host)}::${fact}::${value}`),
    ),
  ];
}

function factsOf({ hostname = '', health_status = {}, weight = 1, priority = 0, locality = {} }: Host) {
  const set = Object.keys(FLAGS).filter(flag => health_status[flag] === true);
  const flags = [...set.map(flag => FLAGS[flag]), EDS[String(health_status.eds_health_status)]].filter(
    flag => flag !== undefined,
  );
  return [
    ['cx_active', 0],
    ['rq_total', 7],
    ['hostname', hostname],
    ['health_flags', flags.length === 0 ? 'healthy' : flags.map(flag => `/${flag}`).join('')],
    ['weight', weight],
    ['region', locality.region ?? ''],
    ['zone', locality.zone ?? ''],
    ['sub_zone', locality.sub_zone ?? ''],
    ['canary', false],
    ['priority', priority],
    ['success_rate', -1],
  ];
}

function addressOf({ address }: Host): string {
  const { socket_address: socket, pipe, envoy_internal_address: internal } = address;
  if (socket !== undefined) {
    const ip = String(socket.address);
    return `${ip.includes(':') ? `[${ip}]` : ip}:${socket.port_value}`;
  }
  if (pipe !== undefined) return String(pipe.path);
  return `envoy://${internal?.server_listener_name}/${internal?.endpoint_id ?? ''}`;
}
