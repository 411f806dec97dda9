/**
 * Fields of Envoy's API that hold secrets, as text or as a DataSource: those marked `(udpa.annotations.sensitive)` in its
 * .proto files, and those that hold one by their description. Written down apart from the code under test.
 */
export const SENSITIVE_FIELDS: readonly string[] = [
  // transport_sockets/tls/v3: TlsCertificate, TlsSessionTicketKeys, GenericSecret
  'private_key',
  'pkcs12',
  'password',
  'private_key_provider',
  'session_ticket_keys',
  'generic_secret',
  'secret',
  // config/core/v3/grpc_service: GoogleGrpc
  'json_key',
  'access_token',
  'google_refresh_token',
  'authorization_token',
  // config/grpc_credential/v3
  'secret_data',
  // filters/network/redis_proxy/v3
  'auth_password',
  'auth_username',
  'downstream_auth_password',
  'downstream_auth_passwords',
  'downstream_auth_username',
  // common/aws/v3
  'secret_access_key',
  'access_key_id',
  'session_token',
  'web_identity_token_data_source',
  'credentials_data_source',
  // filters/http: oauth2, basic_auth, api_key_auth, stateful session
  'token_secret',
  'hmac_secret',
  'credentials',
  // what people call it in Struct, TypedStruct and Wasm configuration
  'api_key',
  'apiKey',
  'clientSecret',
  'client_secret',
  'secretKey',
  'authToken',
  'refresh_token',
  'bearer_token',
  'dbPassword',
  'passphrase',
  'signing_key',
  'Authorization',
];

/** Headers whose values are credentials. */
export const CREDENTIAL_HEADERS: readonly string[] = [
  'authorization',
  'Authorization',
  'proxy-authorization',
  'x-api-key',
  'X-Auth-Token',
  'x-amz-security-token',
  'dd-api-key',
  'x-vault-token',
  'x-client-secret',
];

/** Names of environment variables whose values are secrets. */
export const SECRET_VARIABLES: readonly string[] = [
  'DB_PASSWORD',
  'AWS_SECRET_ACCESS_KEY',
  'GITHUB_TOKEN',
  'API_KEY',
  'CLIENT_SECRET',
  'ISTIO_META_OAUTH_CLIENT_SECRET',
  'MYSQL_ROOT_PASSWORD',
  'SESSION_KEY',
];
