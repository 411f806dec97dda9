/** Lists whose order says nothing, by field name. All other lists are ordered. */
const SETS = new Set([
  'additional_addresses',
  'and_ids',
  'application_protocols',
  'domains',
  'endpoints',
  'ids',
  'lb_endpoints',
  'match_subject_alt_names',
  'match_typed_subject_alt_names',
  'or_ids',
  'permissions',
  'prefix_ranges',
  'principals',
  'retriable_status_codes',
  'server_names',
  'source_ports',
  'source_prefix_ranges',
  'direct_source_prefix_ranges',
  'subject_alt_names',
  'subset_selectors',
  'thresholds',
  'verify_subject_alt_name',
  'virtual_hosts',
]);

/** Whether a list is a set: for domains, endpoints, SANs and what else Envoy looks up instead of going through it. */
export function isSet(field: string): boolean {
  return SETS.has(field);
}
