import { isObject } from '../decode/json.js';

/** Where a bare route table is served, once it is wrapped. */
export const BARE_ROUTES_IP = '127.0.0.1';
export const BARE_ROUTES_PORT = 80;

/** With this header, the route table check tool's request comes from inside the mesh: it tells the client's address. */
export const INSIDE_HEADER = 'x-mesh-trace-inside';
export const INSIDE_ADDRESS = '127.0.0.1';

/** What the route table check tool knows of runtime: one key that is enabled, empty for none. */
export interface RuntimeKey {
  readonly key: string;
}

/**
 * A config dump of a gateway that has a RouteConfiguration as its only, inline table on port 80: plain HTTP, no other filters, no clusters.
 * With `runtime` its runtime fractions mean what they mean to Envoy's route table check tool.
 */
export function gatewayWithRoutes(
  routes: Readonly<Record<string, unknown>>,
  name: string,
  runtime: RuntimeKey | null,
): Record<string, unknown> {
  const table = { name, ...routes };
  const manager = {
    '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stat_prefix: name,
    route_config: runtime === null ? table : withRuntime(table, runtime.key),
    http_filters: [
      {
        name: 'envoy.filters.http.router',
        typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' },
      },
    ],
    ...(runtime === null ? {} : TOOL_MANAGER),
  };
  const listener = {
    '@type': 'type.googleapis.com/envoy.config.listener.v3.Listener',
    name,
    address: { socket_address: { address: '0.0.0.0', port_value: BARE_ROUTES_PORT } },
    filter_chains: [{ filters: [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }] }],
  };
  return {
    configs: [
      {
        '@type': 'type.googleapis.com/envoy.admin.v3.BootstrapConfigDump',
        bootstrap: { node: { id: `router~${BARE_ROUTES_IP}~${name}.routes~routes` } },
      },
      {
        '@type': 'type.googleapis.com/envoy.admin.v3.ListenersConfigDump',
        static_listeners: [{ listener }],
      },
    ],
  };
}

/** The tool asks the table alone: nothing makes headers, and a test says itself whether its request is internal (test/tools/router_check/router.cc). */
const TOOL_MANAGER = {
  generate_request_id: false,
  original_ip_detection_extensions: [
    {
      name: 'inside',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.http.original_ip_detection.custom_header.v3.CustomHeaderConfig',
        header_name: INSIDE_HEADER,
        allow_extension_to_set_address_as_trusted: true,
      },
    },
  ],
  internal_address_config: { cidr_ranges: [{ address_prefix: INSIDE_ADDRESS, prefix_len: 32 }] },
};

/**
 * The tool lets a runtime fraction hold only where its key is the test's, and takes a fraction of zero as one, so that it can be tested
 * (test/tools/router_check/router.cc, runtimeMock and assignRuntimeFraction).
 */
function withRuntime(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map(item => withRuntime(item, key));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) =>
    name === 'runtime_fraction' || name === 'runtimeFraction'
      ? [name, fractionFor(inner, key)]
      : [name, withRuntime(inner, key)],
  );
  return Object.fromEntries(entries);
}

function fractionFor(fraction: unknown, key: string): unknown {
  if (!isObject(fraction)) return fraction;
  const given = fraction.default_value ?? fraction.defaultValue;
  const share = isObject(given) ? given : {};
  const isEnabled = key !== '' && (fraction.runtime_key ?? fraction.runtimeKey) === key;
  return { default_value: { ...share, numerator: isEnabled ? share.numerator || 1 : 0 } };
}
