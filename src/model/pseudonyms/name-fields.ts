import { snakeCase } from '../../decode/case.js';
import { isObject } from '../../decode/json.js';

/** Fields of Envoy's and Istio's messages, and of node metadata, that hold names, hosts or identities. */
const FIELDS = `
  name names cluster cluster_name service_name alt_stat_name service_cluster shadow_cluster collector_cluster check_cluster
  report_cluster target_uri instance_name provider_name issuer jwks_uri uri authority
  host hosts hostname domains domain server_names server_name sni host_rewrite host_rewrite_literal host_redirect
  route_config_name virtual_host_name stat_prefix operation workload namespace pod subset principal principal_name
  verify_subject_alt_name match_subject_alt_names subject exact exact_match suffix suffix_match contains contains_match
  address discovery_address region zone sub_zone string_value default_destination_service hashed_attribute
  method proxy to from
`;

const METADATA = `
  NAME NAMESPACE OWNER WORKLOAD_NAME POD_NAME SERVICE_ACCOUNT MESH_ID CLUSTER_ID NETWORK NODE_NAME APP_CONTAINERS PILOT_SAN
  CONFIG_NAMESPACE TRUST_DOMAIN TRUST_DOMAIN_ALIASES CANONICAL_TELEMETRY_SERVICE ISTIO_META_WORKLOAD_NAME ISTIO_META_OWNER
  ISTIO_META_MESH_ID ISTIO_META_CLUSTER_ID ISTIO_META_NETWORK PLATFORM_METADATA app version
`;

const NAME_FIELDS = new Set(FIELDS.trim().split(/\s+/));
const NAME_VARIABLES = new Set(METADATA.trim().split(/\s+/));

/** Whether the text under a key is a name, a host or an identity as a whole. */
export function isNameField(key: string): boolean {
  return NAME_FIELDS.has(snakeCase(key)) || NAME_VARIABLES.has(key);
}

/** Fields whose texts are regular expressions. */
const PATTERNS = new Set(['regex', 'regex_match', 'safe_regex', 'value_regex']);

/** Whether a field, in either case form, holds a regular expression. */
export function isPatternField(key: string): boolean {
  return PATTERNS.has(snakeCase(key));
}

/** Maps of protobuf whose keys are names that people choose. */
const MAPS = new Set(['policies', 'providers', 'requirement_map', 'secrets']);

/** Whether the keys of the object under a key are names. */
export function isNameMap(key: string): boolean {
  return MAPS.has(snakeCase(key));
}

/** Data by names that people choose, however deep: metadata that subsets and policies match, labels, a request's headers and claims. */
const DATA = new Set([
  'filter_metadata',
  'typed_filter_metadata',
  'labels',
  'LABELS',
  'ANNOTATIONS',
  'headers',
  'claims',
]);

/** Whether the object under a key is data, keys and all; a list of that name is one of matchers. */
export function isData(key: string, value: unknown): boolean {
  return isObject(value) && (DATA.has(key) || DATA.has(snakeCase(key)));
}
