import { keyWords } from './key-words.js';
import type { RemovalKind } from './removal.js';

/** Last words that tell what a value is, whatever stands before them. */
const LAST_WORDS: Readonly<Record<string, RemovalKind>> = {
  password: 'password',
  passwords: 'password',
  passwd: 'password',
  passphrase: 'password',
  passcode: 'password',
  pwd: 'password',
  secret: 'secret',
  secrets: 'secret',
  credential: 'secret',
  credentials: 'secret',
  apikey: 'secret',
  pkcs12: 'private key',
  privatekey: 'private key',
  token: 'token',
  tokens: 'token',
  bearer: 'token',
  authorization: 'authorization header',
};

/** What makes a key out of `key`: an `api_key` is a secret, a `hash_key` is none. */
const KEY_OWNERS: Readonly<Record<string, RemovalKind>> = {
  private: 'private key',
  ssl: 'private key',
  tls: 'private key',
  server: 'private key',
  client: 'private key',
  json: 'private key',
  api: 'secret',
  app: 'secret',
  access: 'secret',
  secret: 'secret',
  auth: 'secret',
  account: 'secret',
  shared: 'secret',
  master: 'secret',
  license: 'secret',
  signing: 'secret',
  encryption: 'secret',
  hmac: 'secret',
  session: 'secret',
  ticket: 'secret',
};

/** Words behind a secret's name that leave it a secret: `client_key_data`, `access_key_id`. */
const FILLERS = new Set([
  'data',
  'value',
  'string',
  'text',
  'bytes',
  'b64',
  'base64',
  'plain',
  'raw',
  'inline',
  'content',
  'source',
]);

/** A message type in the place of a key says what is there, not whose secret. */
const TYPE_URL = 'type.googleapis.com/';

/** The same few hundred keys stand in a dump a million times. */
const kinds = new Map<string, RemovalKind | null>();
const MAX_KNOWN = 10_000;

/**
 * What the value of a key must be, judged by the key's last words: Envoy's fields marked `(udpa.annotations.sensitive)`
 * (`private_key`, `password`, `auth_username`, `session_ticket_keys`, `generic_secret`, `secret_access_key`,
 * `web_identity_token_data_source`, …) and what people name likewise. Null for `secret_name`, `token_endpoint` and all else.
 */
export function secretKind(key: string): RemovalKind | null {
  let kind = kinds.get(key);
  if (kind === undefined) {
    kind = key.startsWith(TYPE_URL) ? null : kindOf(key);
    if (kinds.size < MAX_KNOWN) kinds.set(key, kind);
  }
  return kind;
}

function kindOf(key: string): RemovalKind | null {
  const words = keyWords(key);
  while (words.length > 1 && FILLERS.has(words.at(-1) ?? '')) words.pop();
  if (words.at(-1) === 'id' && words.at(-2) === 'key') words.pop();
  const last = words.at(-1) ?? '';
  if (last === 'username' && words.at(-2) === 'auth') return 'secret';
  if (last === 'provider' && words.at(-2) === 'key') return 'private key';
  if (last === 'key' || last === 'keys') return KEY_OWNERS[words.at(-2) ?? ''] ?? null;
  return LAST_WORDS[last] ?? null;
}

/** Last words of keys that only point to a secret, or describe it: they stay even beside one. */
const REFERENCES = new Set([
  'name',
  'names',
  'path',
  'file',
  'filename',
  'variable',
  'uri',
  'url',
  'type',
  'cluster',
  'issuer',
  'audience',
  'audiences',
  'scope',
  'scopes',
  'header',
  'domain',
  'version',
  'updated',
  'timeout',
  'algorithm',
  'mode',
]);

/** Whether a string beside a secret only points to it: `filename`, `environment_variable`, the name of an SDS secret. */
export function isReference(key: string): boolean {
  return REFERENCES.has(keyWords(key).at(-1) ?? '');
}

/** Values that are never secret, whatever their key says: switches, times, and words of a choice. */
export function isPlainValue(text: string): boolean {
  return /^(true|false|on|off|yes|no|none|null|auto|enabled?|disabled?|required|optional|\d+(\.\d+)?(ms|s|m|h))$/i.test(
    text,
  );
}
