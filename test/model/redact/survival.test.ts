import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactDocument } from '../../../src/model/redact/redact-document.js';
import { PRIVATE_KEYS } from './keys.js';
import { CREDENTIAL_HEADERS, SECRET_VARIABLES, SENSITIVE_FIELDS } from './sensitive-fields.js';

type Json = unknown;
type JsonObject = Record<string, Json>;

const DUMPS: readonly string[] = [
  'bookinfo-1.30/istio-ingressgateway-7f57bc4855-bhbhh/config_dump.json.gz',
  'bookinfo-1.30/productpage-v1-6d8bc58dd7-hjw6r/pilot_config_dump.json.gz',
  'bookinfo-1.30/istio-ingressgateway-7f57bc4855-bhbhh/clusters.json.gz',
  'bookinfo-1.1/productpage-v1-5cb458d74f-k7wzd/config_dump.json.gz',
].map(path => gunzipSync(readFileSync(new URL(`../../../snapshots/${path}`, import.meta.url))).toString());

/** Maps by names that people choose, whose values are messages: a field cannot stand there. */
const MAPS = /^(policies|providers|requirement_?map|(typed_?)?per_?filter_?config)$/i;

/** A copy of a JSON value with every object and every text changed, each told the key that it stands under. */
function changed(
  value: Json,
  object: (members: JsonObject, key: string) => JsonObject,
  text: (text: string, key: string) => Json = text => text,
  key = '',
): Json {
  if (typeof value === 'string') return text(value, key);
  if (Array.isArray(value)) return value.map(item => changed(item, object, text, key));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, changed(member, object, text, name)]);
  return object(Object.fromEntries(members), key);
}

/** The secrets that are still there, as they are, escaped, or as Base64 in any alignment. */
function survivors(document: Json, secrets: readonly string[]): string[] {
  const text = redactDocument(Buffer.from(JSON.stringify(document))).bytes.toString();
  const forms = (secret: string) => [secret, JSON.stringify(secret).slice(1, -1), ...inBase64(secret)];
  return secrets.filter(secret => forms(secret).some(form => text.includes(form)));
}

function inBase64(secret: string): string[] {
  return [0, 1, 2].map(shift => {
    const encoded = Buffer.from('x'.repeat(shift) + secret).toString('base64');
    return encoded.slice(shift === 0 ? 0 : 4, -4);
  });
}

const dumpAt = (index: number): Json => JSON.parse(DUMPS[index] ?? '');
const anyDump = fc.nat(DUMPS.length - 1);
const secretText = fc.stringMatching(/^[A-Za-z0-9!$%*+,.;<>?@^_~-]{8,40}$/).map(text => `S3c${text}`);
const runs = (numRuns: number) => ({ numRuns, seed: 1 });

/** The forms in which Envoy's API and untyped configurations hold a secret. */
const FORMS: readonly ((secret: string) => Json)[] = [
  secret => secret,
  secret => ({ inline_string: secret }),
  secret => ({ inlineBytes: Buffer.from(secret).toString('base64') }),
  secret => [{ inline_string: 'other' }, { inline_string: secret }],
  secret => ({ typed_config: { '@type': 'x', value: { nested: [secret] } } }),
];

/** What holds a credential as the value of a header. */
function headersWith(name: string, secret: string): JsonObject {
  return {
    request_headers_to_add: [
      { header: { key: name, value: secret } },
      { header: { key: name, value: `Bearer ${secret}` } },
    ],
    headersToAdd: [{ key: name, rawValue: Buffer.from(secret).toString('base64') }],
    headers: [
      { name, exact_match: secret },
      { name, stringMatch: { prefix: `Basic ${secret}` } },
      { name, safe_regex_match: { google_re2: {}, regex: secret } },
    ],
    static_headers: { [name]: secret },
  };
}

describe('no secret survives', () => {
  it('in a sensitive field of any object of any section', () => {
    fc.assert(
      fc.property(secretText, anyDump, fc.constantFrom(...FORMS), (secret, dump, form) => {
        const fields = Object.fromEntries(SENSITIVE_FIELDS.map((field, index) => [field, form(`${secret}~${index}~`)]));
        const planted = changed(dumpAt(dump), (members, key) => (MAPS.test(key) ? members : { ...members, ...fields }));
        expect(survivors(planted, [secret])).toEqual([]);
      }),
      runs(10),
    );
  });

  it('in a header that is added or matched anywhere', () => {
    fc.assert(
      fc.property(secretText, anyDump, fc.constantFrom(...CREDENTIAL_HEADERS), (secret, dump, name) => {
        const planted = changed(dumpAt(dump), members => ({ ...members, ...headersWith(name, secret) }));
        expect(survivors(planted, [secret])).toEqual([]);
      }),
      runs(12),
    );
  });

  it('in an environment variable', () => {
    fc.assert(
      fc.property(secretText, anyDump, fc.constantFrom(...SECRET_VARIABLES), (secret, dump, name) => {
        const variable = { [name]: secret, proxyMetadata: { [name]: secret }, env: [{ name, value: secret }] };
        const planted = changed(dumpAt(dump), (members, key) =>
          /^(metadata|LABELS|ANNOTATIONS|PROXY_CONFIG)$/.test(key) ? { ...members, ...variable } : members,
        );
        expect(survivors(planted, [secret])).toEqual([]);
      }),
      runs(12),
    );
  });

  /** Secrets that show by themselves, with the part that must be gone. */
  const random = (length: number) => fc.stringMatching(new RegExp(`^[A-Za-z][a-z0-9]{${length}}$`));
  const tellTale = fc.oneof(
    fc
      .constantFrom(...PRIVATE_KEYS)
      .map(key => [key, key.split('\n').find(line => line.length > 30 && !line.includes('-')) ?? key]),
    fc.tuple(random(20), random(30), random(43)).map(([a, b, c]) => [`eyJ${a}.eyJ${b}.${c}`, c]),
    random(24).map(text => [`Bearer ${text}`, text]),
    fc
      .tuple(random(6), random(12))
      .map(([user, text]) => [
        `Basic ${Buffer.from(`${user}:${text}`).toString('base64')}`,
        Buffer.from(`${user}:${text}`).toString('base64'),
      ]),
    random(12).map(text => [`postgres://app:${text}@db.example:5432/x`, text]),
    random(12).map(text => [`--client-secret=${text}`, text]),
    random(12).map(text => [`password: ${text}`, text]),
    random(12).map(text => [`{"apiToken":"${text}"}`, text]),
    fc.stringMatching(/^[0-9A-Z]{16}$/).map(text => [`AKIA${text}`, text]),
    fc.stringMatching(/^[A-Za-z0-9]{36}$/).map(text => [`ghp_${text}`, text]),
    fc.stringMatching(/^[a-zA-Z0-9./]{22,31}$/).map(text => [`jane:$2y$05$${text}`, text]),
  );
  const wrapping = fc.constantFrom<(text: string) => string>(
    text => text,
    text => `before ${text} behind`,
    text => JSON.stringify({ list: [{ text }] }),
    text => Buffer.from(`x: ${text}\n`).toString('base64'),
  );

  it('that shows by its form, at every text of every section', () => {
    fc.assert(
      fc.property(tellTale, wrapping, anyDump, ([secret = '', core = ''], wrap, dump) => {
        const planted = changed(
          dumpAt(dump),
          members => members,
          () => wrap(secret),
        );
        expect(survivors(planted, [core])).toEqual([]);
      }),
      runs(80),
    );
  });

  it('that shows by its form, as a key of any object', () => {
    fc.assert(
      fc.property(tellTale, anyDump, ([secret = '', core = ''], dump) => {
        const planted = changed(dumpAt(dump), members => ({ ...members, [secret]: 1 }));
        expect(survivors(planted, [core])).toEqual([]);
      }),
      runs(20),
    );
  });

  it('behind an equal key, which JSON.parse does not show', () => {
    const bytes = Buffer.from('{"configs":[{"private_key":{"inline_string":"abc"},"private_key":{}}]}');
    expect(redactDocument(bytes).bytes.toString()).not.toContain('abc');
  });
});

describe('a document that is taken apart because it is large', () => {
  it('loses the same as its parts', () => {
    const entry = {
      secret: { name: 'a', tls_certificate: { private_key: { inline_string: 'abc' } } },
      filler: 'x'.repeat(50_000),
    };
    const document = { configs: [{ dynamic_active_secrets: Array.from({ length: 60 }, () => entry) }] };
    const { bytes, removed } = redactDocument(Buffer.from(JSON.stringify(document)));
    expect(removed).toHaveLength(60);
    expect(removed[59]?.pointer).toBe(
      '/configs/0/dynamic_active_secrets/59/secret/tls_certificate/private_key/inline_string',
    );
    expect(JSON.stringify(JSON.parse(bytes.toString()))).toBe(JSON.stringify(document).replaceAll('abc', 'REDACTED'));
  });

  it('that breaks off is refused', () => {
    expect(() => redactDocument(Buffer.from('{"configs": [{"a": "b'))).toThrow(/ends inside a string/);
  });
});
