const START =
  '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% ';
const MIDDLE =
  '%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" ' +
  '"%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%"';
const END =
  ' %UPSTREAM_CLUSTER% %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% %REQUESTED_SERVER_NAME%';
const MIXER = '"%DYNAMIC_METADATA(istio.mixer:status)%" ';
const TRANSPORT = '"%UPSTREAM_TRANSPORT_FAILURE_REASON%" ';
const DETAILS = '%RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS% ';
const ROUTE = ' %ROUTE_NAME%';

/**
 * The default text formats, the newest first: Istio's (pilot/pkg/model/telemetry_logging.go and its forerunners) and Envoy's own
 * (https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#default-format-string).
 */
export const TEXT_FORMATS: Readonly<Record<string, string>> = {
  'Istio 1.9 and later': START + DETAILS + TRANSPORT + MIDDLE + END + ROUTE,
  'Istio 1.6 to 1.8': START + TRANSPORT + MIDDLE + END + ROUTE,
  'Istio 1.3 to 1.5': START + MIXER + TRANSPORT + MIDDLE + END + ROUTE,
  'Istio 1.1 and 1.2': START + MIXER + MIDDLE + END,
  'Envoy’s own default': START + MIDDLE,
};

/** The keys of Istio's default JSON format, of all versions. */
export const JSON_FORMAT: Readonly<Record<string, string>> = {
  start_time: '%START_TIME%',
  method: '%REQ(:METHOD)%',
  path: '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%',
  protocol: '%PROTOCOL%',
  response_code: '%RESPONSE_CODE%',
  duration: '%DURATION%',
  response_flags: '%RESPONSE_FLAGS%',
  response_code_details: '%RESPONSE_CODE_DETAILS%',
  connection_termination_details: '%CONNECTION_TERMINATION_DETAILS%',
  upstream_transport_failure_reason: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
  authority: '%REQ(:AUTHORITY)%',
  upstream_host: '%UPSTREAM_HOST%',
  upstream_cluster: '%UPSTREAM_CLUSTER%',
  downstream_local_address: '%DOWNSTREAM_LOCAL_ADDRESS%',
  downstream_remote_address: '%DOWNSTREAM_REMOTE_ADDRESS%',
  requested_server_name: '%REQUESTED_SERVER_NAME%',
  route_name: '%ROUTE_NAME%',
  pod_name: '%ENVIRONMENT(POD_NAME)%',
};
