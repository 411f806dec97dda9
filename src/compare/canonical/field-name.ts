import { camelCase, snakeCase } from '../../decode/case.js';

/** Envoy's field names with a digit behind an underscore, which their camelCase form loses. */
const WITH_DIGITS = [
  'accept_http_10',
  'consecutive_5xx',
  'default_host_for_http_10',
  'enforcing_consecutive_5xx',
  'ignore_http_11_upgrade',
  'normalize_path_rfc_3986',
  'proxy_100_continue',
  'trace_id_128bit',
];

const byCamelCase = new Map(WITH_DIGITS.map(name => [camelCase(name), name]));
const known = new Map<string, string>();

/** Envoy marks fields of API v2 so where it shows them in v3. */
const DEPRECATED = 'hidden_envoy_deprecated_';

/** The snake_case name of a field that stands in either case form. A key that is no field name (`istio.io/rev`, `NAMESPACE`) stays. */
export function fieldName(key: string): string {
  let name = known.get(key);
  if (name === undefined) {
    name = /^[a-z][A-Za-z0-9_]*$/.test(key) ? ofField(key) : key;
    known.set(key, name);
  }
  return name;
}

function ofField(key: string): string {
  const camel = camelCase(key);
  const name = byCamelCase.get(camel) ?? snakeCase(camel);
  return name.startsWith(DEPRECATED) ? name.slice(DEPRECATED.length) : name;
}

/** Fields whose values are maps: what stands in them are keys of users, not field names. */
const MAPS = new Set([
  'allowed_capabilities',
  'annotations',
  'attributes',
  'certificate_provider_instances',
  'context_extensions',
  'extension_protocol_options',
  'filter_metadata',
  'filter_state_objects',
  'initial_resource_versions',
  'key_values',
  'labels',
  'map',
  'named_endpoints',
  'named_filter_chains',
  'per_filter_config',
  'policies',
  'providers',
  'requirement_map',
  'secrets',
  'source_codes',
  'typed_extension_protocol_options',
  'typed_filter_metadata',
  'typed_metadata',
  'typed_per_filter_config',
]);

/** Whether a field is a map of protobuf, whose keys are no field names. */
export function isMapField(field: string): boolean {
  return MAPS.has(field);
}

/** Fields with free JSON of users, at any depth. */
export function isFreeField(field: string): boolean {
  return field === 'filter_metadata';
}
