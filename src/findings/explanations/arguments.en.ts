import type { ArgumentTexts } from './arguments.js';

/** English texts of what stands in the brackets of a detail. */
export const ARGUMENT_TEXTS_EN: ArgumentTexts = {
  reset: {
    connection_failure: 'Envoy could not connect to the server (UF).',
    local_connection_failure: 'Envoy could not connect, for a reason on its own side (UF).',
    remote_connection_failure: 'The server’s side refused the connection (UF).',
    connection_timeout:
      'The connection did not stand within `connectTimeout`: the packets are lost, or the server is too busy (UF).',
    connection_termination: 'The server closed the connection (UC).',
    local_reset: 'This Envoy broke off (LR).',
    local_refused_stream_reset:
      'This Envoy refused the request on that connection (LR). It may be sent again without harm.',
    remote_reset: 'The server’s side cancelled this request (UR).',
    remote_refused_stream_reset:
      'The server’s side refused this request before it worked on it (UR). It may be sent again without harm.',
    remote_error_with_CONNECT_request: 'The server’s side could not open the tunnel (UR).',
    overflow: 'A circuit breaker is full (UO).',
    protocol_error: 'The server’s answer is not valid HTTP (UPE).',
    overload_manager_reset: 'This Envoy is short of a resource (OM).',
  },
  transport: {
    'delayed_connect_error:_111': 'Connection refused: nothing listens on that address and port.',
    'delayed_connect_error:_113': 'No route to the host: the address is gone, or a firewall says no.',
    'delayed_connect_error:_110': 'The connection timed out: packets are lost on the way.',
    'delayed_connect_error:_101': 'The network cannot be reached from here.',
    immediate_connect_error:
      'The operating system refused to connect at once, for example because there is no such network.',
    CERTIFICATE_VERIFY_FAILED:
      'The certificate of the other side is not accepted: expired, signed by an unknown CA, or for another name (SAN).',
    SAN_matcher: 'The certificate is valid, but none of its names (SAN) is the expected one.',
    WRONG_VERSION_NUMBER: 'The other side does not speak TLS: it answered in plaintext.',
    CERTIFICATE_EXPIRED: 'A certificate has expired.',
    UNKNOWN_CA: 'The other side does not know the CA that signed our certificate: the two have different roots.',
    CERTIFICATE_REQUIRED: 'The other side demands a client certificate, and got none.',
    HANDSHAKE_FAILURE:
      'The other side refused the TLS handshake: no common cipher or version, or no certificate for this name.',
    UNRECOGNIZED_NAME: 'The other side has no certificate for this server name (SNI).',
    HTTP_REQUEST: 'Plain HTTP was sent to a TLS port.',
    Connection_reset_by_peer: 'The other side broke the connection (TCP reset).',
    Secret_is_not_supplied_by_SDS:
      'The certificate has not arrived: the secret is missing or the agent cannot fetch it.',
  },
  jwt: {
    Jwt_is_missing: 'The request has no token.',
    Jwt_is_expired: 'The token has expired.',
    Jwt_not_yet_valid: 'The token is not valid yet: compare the clocks.',
    Jwt_issuer_is_not_configured: 'No RequestAuthentication accepts this issuer (`iss`).',
    Audiences_in_Jwt_are_not_allowed: 'The token is for another audience (`aud`). The code is 403.',
    Jwt_is_not_in_the_form: 'What was sent is no token (three parts with dots between).',
    "Jwks_doesn't_have_key_to_match":
      'The issuer’s keys that Envoy has do not include the one that signed the token: they were changed, or it is another issuer’s token.',
    Jwks_remote_fetch_is_failed: 'The issuer’s keys (JWKS) could not be fetched.',
    Jwt_verification_fails: 'The signature does not fit the issuer’s keys.',
    Found_multiple_Jwt_tokens: 'The request has more than one token.',
    Jwks: 'The issuer’s key set (JWKS) cannot be used.',
  },
  tcpFailure: {
    '0': 'Every attempt to connect failed (UF).',
    '1': 'The cluster has no healthy endpoint (UH).',
    '2': 'The cluster’s limit of connections is reached (UO).',
    '3': 'There is no such cluster, or no route to one (NC).',
  },
  policyNone: 'There are ALLOW policies for this workload, and none of their rules fits the request.',
  policy: ({ namespace, name, rule }) =>
    `AuthorizationPolicy ${name} in namespace ${namespace}, rule ${rule} (counted from 0) took the request.`,
  policyOther:
    'The policy of this name in Envoy’s RBAC filter took the request. The name is not in the form that Istio uses today (old ones use the name of a ServiceRole).',
};
