import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/model/redact/redact.js';
import { isSecretName } from '../../../src/model/redact/secret-header.js';
import { pem, RSA_KEY } from './keys.js';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqYXNvbiJ9.c2lnbmF0dXJl';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const BYTES = base64('REDACTED');

describe('what is taken out', () => {
  it.each<[string, unknown, unknown, string, string]>([
    [
      'a private key of an SDS secret',
      {
        secret: {
          '@type': 'x.Secret',
          name: 'default',
          tls_certificate: { private_key: { inline_bytes: base64(pem) } },
        },
      },
      { secret: { '@type': 'x.Secret', name: 'default', tls_certificate: { private_key: { inline_bytes: BYTES } } } },
      '/secret/tls_certificate/private_key/inline_bytes',
      'private key',
    ],
    [
      'the key in a bundle, not its certificate',
      { certificate_chain: { inline_string: `-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n${pem}` } },
      { certificate_chain: { inline_string: '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\nREDACTED' } },
      '/certificate_chain/inline_string',
      'private key',
    ],
    ['a private key in DER', { data: RSA_KEY }, { data: BYTES }, '/data', 'private key'],
    [
      'session ticket keys',
      { name: 't', sessionTicketKeys: { keys: [{ inlineBytes: 'AAECAwQFBgcICQ==' }] } },
      { name: 't', sessionTicketKeys: { keys: [{ inlineBytes: BYTES }] } },
      '/sessionTicketKeys/keys/0/inlineBytes',
      'secret',
    ],
    [
      'a header that is added',
      { request_headers_to_add: [{ header: { key: 'Authorization', value: 'Bearer abc' } }] },
      { request_headers_to_add: [{ header: { key: 'Authorization', value: 'Bearer REDACTED' } }] },
      '/request_headers_to_add/0/header/value',
      'authorization header',
    ],
    [
      'a header that is matched, in a form that matches nothing else',
      { headers: [{ name: 'x-api-key', string_match: { safe_regex: { regex: 'abc|def' } } }] },
      { headers: [{ name: 'x-api-key', string_match: { safe_regex: { regex: 'REDACTED' } } }] },
      '/headers/0/string_match/safe_regex/regex',
      'secret',
    ],
    [
      'cookies that are set',
      { key: 'set-cookie', value: 'sid=1; Path=/' },
      { key: 'set-cookie', value: 'REDACTED' },
      '/value',
      'token',
    ],
    [
      'an environment variable by its name',
      { node: { metadata: { DB_PASSWORD: 'hunter2' } } },
      { node: { metadata: { DB_PASSWORD: 'REDACTED' } } },
      '/node/metadata/DB_PASSWORD',
      'environment value',
    ],
    [
      'an environment variable by its value',
      { node: { metadata: { SETTING: 'q9Zx7LmP2vKt8RwY4nBc6HdF' } } },
      { node: { metadata: { SETTING: 'REDACTED' } } },
      '/node/metadata/SETTING',
      'environment value',
    ],
    [
      'a secret in JSON in a text',
      { configuration: { value: JSON.stringify({ keys: [{ client_secret: 'abc' }], path: '/x' }) } },
      { configuration: { value: JSON.stringify({ keys: [{ client_secret: 'REDACTED' }], path: '/x' }) } },
      '/configuration/value',
      'secret',
    ],
    [
      'the private part of a JSON Web Key',
      { local_jwks: { inline_string: JSON.stringify({ keys: [{ kty: 'EC', x: 'a', d: 'secret' }] }) } },
      { local_jwks: { inline_string: JSON.stringify({ keys: [{ kty: 'EC', x: 'a', d: 'REDACTED' }] }) } },
      '/local_jwks/inline_string',
      'private key',
    ],
    [
      'a token in code',
      { inline_code: `handle:headers():add("x", "${JWT}")` },
      { inline_code: 'handle:headers():add("x", "REDACTED")' },
      '/inline_code',
      'token',
    ],
    [
      'the password in a URL',
      { uri: 'https://jane:pass@idp.example/x' },
      { uri: 'https://jane:REDACTED@idp.example/x' },
      '/uri',
      'password',
    ],
    [
      'a header of a session',
      { headers: [{ name: 'x-session-id', string_match: { exact: 'abc' } }] },
      { headers: [{ name: 'x-session-id', string_match: { exact: 'REDACTED' } }] },
      '/headers/0/string_match/exact',
      'token',
    ],
    [
      'a header of a request',
      { headers: { 'x-hmac': 'abc', 'end-user': 'jason' } },
      { headers: { 'x-hmac': 'REDACTED', 'end-user': 'jason' } },
      '/headers/x-hmac',
      'secret',
    ],
    [
      'a parameter of a URL',
      { path_redirect: '/a?b=c&session=abc#d' },
      { path_redirect: '/a?b=c&session=REDACTED#d' },
      '/path_redirect',
      'token',
    ],
    [
      'a password that is a number',
      { value: { password: 123456 } },
      { value: { password: 'REDACTED' } },
      '/value/password',
      'password',
    ],
    [
      'the users of basic authentication',
      { users: { inline_string: 'jane:whatever' } },
      { users: { inline_string: 'REDACTED' } },
      '/users/inline_string',
      'password',
    ],
  ])('%s', (_, before, after, pointer, kind) => {
    const { value, removed } = redact(before);
    expect(value).toEqual(after);
    expect(removed).toEqual([{ pointer, kind }]);
    expect(redact(value)).toEqual({ value: after, removed: [] });
  });

  it('a token that stands as a key', () => {
    const { value, removed } = redact({ cache: { [JWT]: 1 } });
    expect(value).toEqual({ cache: { REDACTED: 1 } });
    expect(removed).toEqual([{ pointer: '/cache', kind: 'token' }]);
  });
});

describe('isSecretName', () => {
  it.each([
    ...[
      'authorization',
      'Proxy-Authorization',
      'cookie',
      'Set-Cookie',
      'x-auth',
      'x-auth-token',
      'x-auth-key',
      'x-access-key',
    ],
    ...['x-vault-key', 'x-signing-key', 'x-client-key', 'X-API-Key', 'passwd', 'x-pwd', 'password', 'client_secret'],
    ...['x-session-id', 'JSESSIONID', 'x-jwt-payload', 'x-hmac', 'x-signature', 'X-Amz-Credential', 'accessToken'],
    ...['header x-auth', 'query parameter token', 'cookie user'],
  ])('%s', name => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    'end-user',
    'x-request-id',
    'x-forwarded-for',
    'host',
    'user-agent',
    'hash_key',
    'author',
    ':path',
    'x-authors',
  ])('not %s', name => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('what stays as it is', () => {
  it.each<[string, unknown]>([
    [
      'certificates',
      { certificate_chain: { inline_string: '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----' } },
    ],
    ['what Envoy has redacted', { private_key: { inline_bytes: base64('[redacted]') }, password: '[redacted]' }],
    [
      'where a secret comes from',
      { private_key: { filename: '/etc/certs/key.pem' }, password: { environment_variable: 'P' } },
    ],
    [
      'names of SDS secrets',
      {
        tls_certificate_sds_secret_configs: [{ name: 'default', sds_config: { ads: {}, resource_api_version: 'V3' } }],
      },
    ],
    [
      'the name and the times of a secret',
      { dynamic_active_secrets: [{ name: 'a', version_info: 'b', last_updated: 'c' }] },
    ],
    ['a token bucket', { token_bucket: { max_tokens: 10, tokens_per_fill: 10, fill_interval: '1s' } }],
    [
      'where a token is looked for',
      { from_headers: [{ name: 'authorization', value_prefix: 'Bearer ' }], from_params: ['token'] },
    ],
    ['a scheme that is matched', { headers: [{ name: 'authorization', string_match: { prefix: 'Bearer ' } }] }],
    ['any value that is matched', { headers: [{ name: 'authorization', safe_regex_match: { regex: '.+' } }] }],
    [
      'a cookie that routes',
      { headers: [{ name: 'cookie', safe_regex_match: { regex: '^(.*?;)?(user=jason)(;.*)?$' } }] },
    ],
    ['lists of header names', { allow_headers: 'authorization,content-type,x-api-key' }],
    ['endpoints for tokens', { token_endpoint: { cluster: 'idp', uri: 'https://idp.example/token', timeout: '5s' } }],
    [
      'a policy whose name ends like a secret’s',
      { policies: { 'require-token': { principals: [{ header: { name: 'a', exact_match: 'b' } }] } } },
    ],
    ['a path with a verb', { match: { path: '/v1/token:validate' } }],
    ['access log formats', { format: '[%START_TIME%] "%REQ(AUTHORIZATION)%" %REQ(X-TOKEN)%' }],
    [
      'names and digests in the environment',
      {
        node: {
          metadata: {
            NAME: 'productpage-v1-6d8bc58dd7-hjw6r',
            ISTIO_PROXY_SHA: '94828ca7efa446112d4e54ff761c8e6b3c01cf9d',
            OWNER: 'kubernetes://apis/apps/v1/namespaces/default/deployments/productpage-v1',
            UNPRIVILEGED_POD: 'true',
          },
        },
      },
    ],
    ['public keys', { local_jwks: { inline_string: '{"keys":[{"kty":"EC","x":"a","y":"b","kid":"c"}]}' } }],
  ])('%s', (_, value) => {
    const redacted = redact(value);
    expect(redacted.removed).toEqual([]);
    expect(redacted.value).toBe(value);
  });
});
