/** Conformance cases whose expectation Envoy itself would not meet, each with the evidence. The test fails when one of them agrees. */
export const HELD_WRONG: Readonly<Record<string, string>> = {
  'RouteMatcherTest.TestRoutes#28':
    'The path is a single space. The route table alone would match it by `.*`, but the connection manager comes first: a path that does not ' +
    'begin with a slash is answered 404, absolute_path_rejected, before anything is routed ' +
    '(https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/response_code_details).',
  'RouteMatcherTest.TestRoutes#44':
    'The route rewrites the host to `%REQ(host-from-header):8%`. The original test sends the header host-from-header, which the request here ' +
    'does not have, so that its value cannot appear: Envoy writes `-` for a header that is absent ' +
    '(https://www.envoyproxy.io/docs/envoy/latest/configuration/advanced/substitution_formatter).',
};
