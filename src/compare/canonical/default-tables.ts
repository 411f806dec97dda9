/**
 * Fields of today's API whose absence means something else than zero: wrapper types, members of a oneof, `optional`.
 * Names that are plain scalars in some message are not among them. From the .proto files of Envoy 1.38.
 */
export const ZERO_COUNTS: ReadonlySet<string> = new Set(
  `
  access_token add_proxy_protocol_connection_state add_user_agent advertise_accept_encoding allow_absolute_url
  allow_all_routing allow_credentials allow_envoy allow_on_headers_stop_iteration allow_private_network_access
  alt_port always_consume_default_token_bucket always_eject_one_host any any_match append auto_host_rewrite
  auto_host_rewrite_header backend_token binary binary_match bind_to_port bins bool_match buf_value buffer_size_bytes
  buffer_size_kb cache_size case_sensitive charge_cluster_response_stats choice_count chunk_size
  close_downstream_on_upstream_error cluster_specifier_plugin compression_level consecutive_5xx
  consecutive_gateway_failure consecutive_local_origin_failure contains contains_match content_length destination_port
  detect_degraded_hosts disable_stateless_session_resumption disallow_all disallow_is_error disallow_obs_text
  disallow_system dynamic_metadata dynamic_stats edns0_max_payload_size emit_tags_as_attributes
  enable_dynamic_metadata_ingestion enable_full_scan enable_huffman_encoding enable_ja3_fingerprinting
  enable_ja4_fingerprinting enable_oob_load_report enable_reuse_port enable_scone enable_tenant_isolation
  enable_zone_discovery enabled endpoint_name enforce_rsa_key_usage enforcing enforcing_consecutive_5xx
  enforcing_consecutive_gateway_failure enforcing_consecutive_local_origin_failure enforcing_failure_percentage
  enforcing_failure_percentage_local_origin enforcing_local_origin_success_rate enforcing_success_rate entry
  environment_variable error_utilization_penalty exact exact_match expect_match failure_percentage_minimum_hosts
  failure_percentage_request_volume failure_percentage_threshold fallback_protocol_version fill_rate
  first_address_family_count fixed_value forward_not_matching_preflights freebind full_scan_certs_on_sni_mismatch
  generate_request_id google_refresh_token grpc_status hash_balance_factor healthy_threshold hits_addend
  host_rewrite_header hpack_table_size http_body http_status https_redirect include_vh_rate_limits index
  initial_connection_window_size initial_read_buffer_size initial_requests initial_stream_window_size inline_bytes
  inline_string input_block_bits int_value io_uring_size keepalive_interval keepalive_probes keepalive_time
  literal_proxy_name load_balancing_weight match_if_key_not_found max_active_faults max_buffer_size max_buffered_bytes
  max_buffered_datagrams max_buffered_rx_bytes max_buffered_tx_bytes max_bytes_per_datagram max_cache_entry_count
  max_cache_size max_cache_size_bytes max_client_hello_size max_concurrency_limit max_concurrent_streams
  max_connect_attempts max_connection_pools max_connections max_connections_to_accept_per_socket_event
  max_consecutive_inbound_frames_with_empty_payload max_direct_response_body_size_bytes max_dynamic_descriptors
  max_early_data_bytes max_ejection_percent max_entries max_event_size max_header_field_size_kb max_headers_count
  max_hosts max_inbound_priority_frames_per_stream max_inbound_window_update_frames_per_data_frame_sent
  max_individual_cache_entry_size_bytes max_inflate_ratio max_internal_redirects max_metadata_size
  max_outbound_control_frames max_outbound_frames max_packet_bytes max_packet_length max_path_tag_length
  max_pending_requests max_per_cpu_cache_size_bytes max_program_size max_receive_message_length max_request_body_size
  max_request_headers_kb max_requests max_requests_per_connection max_response_body_size max_response_headers_kb
  max_retries max_rx_datagram_size max_session_keys max_sessions_per_event_loop max_sub_clusters
  max_upstream_unknown_connections max_verify_depth maximum_ring_size memory_buffer_bytes_limit memory_level
  min_cluster_size min_concurrency min_content_length min_retry_concurrency min_size min_streamed_sent_bytes
  minimum_ring_size named_port normalize_path num_resolver_threads num_retries num_timeouts_to_trigger_port_migration
  number object_key overprovisioning_factor override_stream_error_on_invalid_http_message pack_trace_reason
  packets_to_read_to_connection_count_ratio path_redirect path_separated_prefix per_connection_buffer_limit_bytes
  per_request_buffer_limit_bytes per_stream_buffer_limit_bytes per_upstream_preconnect_ratio ping_failure_threshold
  predictive_preconnect_ratio prefer_gro prefix_len prefix_match present_match presented propagate proto_descriptor
  proto_descriptor_bin proto_descriptor_typed_metadata proximity proxy_port quality query_timeout_seconds query_tries
  read_buffer_size read_limit_kbps redirect_refresh_threshold regex_match reject_all reject_connect_request_early_data
  request_body_buffer_limit request_count require_client_certificate require_ocsp_staple
  require_signed_certificate_timestamp require_sni requirement_name response_buffer_size reuse_connection
  scheme_redirect scheme_to_overwrite send_disable_active_migration server_listener_name shared_span_context
  single_frame_mode soft_memory_limit_bytes spawn_upstream_span stats_flush_on_admin stats_for_all_methods
  stats_server_version_override storage_buffer_bytes_limit storage_buffer_path
  storage_buffer_queue_high_watermark_bytes stream_error_on_invalid_http_message string_key string_match string_value
  strip_any_host_port subject subset_size success_rate_minimum_hosts success_rate_request_volume
  success_rate_stdev_factor successful_active_health_check_uneject_host suffix suffix_len suffix_match table_size
  tcp_backlog_size tcp_cluster_name tcp_fast_open_queue_length text text_format tokens_per_fill total_weight
  trace_sampled transparent udp_max_queries unhealthy_threshold upstream_port_override use_all_default_tags
  use_balsa_parser use_hash_policy use_node_id use_oghttp2_codec use_original_dst use_proxy_proto use_refresh_token
  use_remote_address use_request_id_for_trace_sampling use_system_config use_tag_extracted_name user_agent_version
  v4_prefix_mask_len v6_prefix_mask_len validate_clusters validated value_fixed wait_for_warm_on_init window_bits
  write_limit_kbps write_timeout_ms
`
    .trim()
    .split(/\s+/),
);

/** The first value of each enumeration, which is the same as an absent field; for `health_status` both that mean healthy. */
export const ENUM_DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  action: ['ALLOW', 'APPEND_IF_EXISTS_OR_ADD', 'MERGE', 'SANITIZE'],
  append_action: ['APPEND_IF_EXISTS_OR_ADD'],
  audit_condition: ['NONE'],
  cluster_not_found_response_code: ['SERVICE_UNAVAILABLE'],
  codec_client_type: ['HTTP1'],
  codec_type: ['AUTO'],
  compression_level: ['DEFAULT', 'DEFAULT_COMPRESSION'],
  compression_strategy: ['DEFAULT', 'DEFAULT_STRATEGY'],
  denominator: ['HUNDRED'],
  dns_lookup_family: ['AUTO', 'UNSPECIFIED'],
  drain_type: ['DEFAULT'],
  enable_x_ratelimit_headers: ['OFF'],
  enforcement_type: ['ONE_TIME_ON_FIRST_BYTE'],
  fallback_policy: ['NOT_DEFINED', 'NO_FALLBACK'],
  fault_type: ['DELAY'],
  forward_client_cert_details: ['SANITIZE'],
  hash_function: ['DEFAULT_HASH', 'XX_HASH'],
  headers_with_underscores_action: ['ALLOW'],
  health_status: ['HEALTHY', 'UNKNOWN'],
  internal_redirect_action: ['PASS_THROUGH_INTERNAL_REDIRECT'],
  lb_policy: ['ROUND_ROBIN'],
  locality_basis: ['HEALTHY_HOSTS_NUM'],
  match_type: ['INCLUDE_ALL'],
  metadata_fallback_policy: ['METADATA_NO_FALLBACK'],
  ocsp_staple_policy: ['LENIENT_STAPLING'],
  op: ['EQ'],
  operation_name: ['INGRESS'],
  override_option: ['DEFAULT'],
  path_with_escaped_slashes_action: ['IMPLEMENTATION_SPECIFIC_DEFAULT'],
  priority: ['DEFAULT'],
  protocol: ['TCP'],
  protocol_selection: ['USE_CONFIGURED_PROTOCOL'],
  request_body_mode: ['NONE'],
  request_header_mode: ['DEFAULT'],
  request_trailer_mode: ['DEFAULT'],
  require_tls: ['NONE'],
  resource_api_version: ['AUTO'],
  response_body_mode: ['NONE'],
  response_code: ['MOVED_PERMANENTLY'],
  response_header_mode: ['DEFAULT'],
  response_trailer_mode: ['DEFAULT'],
  route_cache_action: ['DEFAULT'],
  san_type: ['SAN_TYPE_UNSPECIFIED'],
  server_header_transformation: ['OVERWRITE'],
  signing_algorithm: ['AWS_SIGV4'],
  source_type: ['ANY'],
  tls_maximum_protocol_version: ['TLS_AUTO'],
  tls_minimum_protocol_version: ['TLS_AUTO'],
  traffic_direction: ['UNSPECIFIED'],
  transport_api_version: ['AUTO'],
  trust_chain_verification: ['VERIFY_TRUST_CHAIN'],
  type: ['HEADER', 'STATIC', 'STRING'],
  unit: ['UNKNOWN'],
  upstream_connect_mode: ['IMMEDIATE'],
  url_unescape_spec: ['ALL_CHARACTERS_EXCEPT_RESERVED'],
  version: ['V1'],
  vh_rate_limits: ['OVERRIDE'],
};

/** Defaults other than zero, as the fields' documentation tells them. */
export const DOCUMENTED_DEFAULTS: Readonly<Record<string, boolean | number | string>> = {
  append: true,
  case_sensitive: true,
  overprovisioning_factor: 140,
};

/** Messages that say nothing when they are empty: for all others their being there counts (`ads: {}`, `tls_context: {}`). */
export const EMPTY_SAYS_NOTHING: ReadonlySet<string> = new Set([
  'common_http_protocol_options',
  'common_lb_config',
  'filter_chain_match',
  'health_check_config',
  'http_protocol_options',
  'locality',
  'metadata',
  'policy',
]);
