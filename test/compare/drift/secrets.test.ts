import { describe, expect, it } from 'vitest';
import { chain, downstreamTls, hcm, listener, route, tcp, virtualHost } from '../../support/messages.js';
import { compared, listeners, routes, type Section, secrets } from './dumps.js';

const SECRET = 'c3VwZXItc2VjcmV0LXZhbHVl';
const OTHER = 'YW5vdGhlci1zZWNyZXQtdmFs';
const KEY = (text: string) => `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----\n`;

const table = (value: string): Section[] => [
  routes({
    name: '80',
    virtual_hosts: [
      virtualHost([
        route('a', {
          request_headers_to_add: [{ header: { key: 'authorization', value: `Bearer ${value}` } }],
        }),
      ]),
    ],
  }),
];
const matching = (value: string): Section[] => [
  listeners({
    ...listener(80, [
      chain([
        hcm([
          virtualHost([
            route('a', {
              match: {
                prefix: '/',
                headers: [{ name: 'authorization', string_match: { exact: `Bearer ${value}` } }],
              },
            }),
          ]),
        ]),
      ]),
    ]),
    name: 'web',
  }),
];
const inline = (value: string): Section[] => [
  listeners({
    ...listener(443, [
      chain(
        [tcp('a')],
        downstreamTls({
          common_tls_context: { tls_certificates: [{ private_key: { inline_string: KEY(value) } }] },
        }),
      ),
    ]),
    name: 'tls',
  }),
];
const oauth = (value: string): Section[] => [
  listeners({
    ...listener(80, [chain([tcp('a', { client_secret: { inline_string: value }, session_token: value })])]),
    name: 'web',
  }),
];

describe('a secret', () => {
  it.each<[string, (value: string) => Section[]]>([
    ['in a header that is added', table],
    ['in a header that is asked for', matching],
    ['inline in a listener', inline],
    ['of a filter', oauth],
  ])('%s differs, and never shows', async (_, made) => {
    const result = await compared({ left: made(SECRET), right: made(OTHER), mode: 'snapshots', withTexts: true });
    expect(result.differences.length).toBe(1);
    expect(result.differences[0]?.paths.length).toBeGreaterThan(0);
    const told = JSON.stringify(result);
    expect(told).not.toContain(SECRET);
    expect(told).not.toContain(OTHER);
  });

  it('that Envoy got or lost does not show either', async () => {
    const result = await compared({ left: table(SECRET), right: [routes()], mode: 'snapshots', withTexts: true });
    expect(JSON.stringify(result)).not.toContain(SECRET);
  });

  it('in Envoy’s reason does not show', async () => {
    const details = `bad: ${KEY(SECRET)}`;
    const failed: Section = ['Listeners', { dynamic_listeners: [{ name: 'a', error_state: { details } }] }];
    const result = await compared({ left: [listeners({ ...listener(1, []), name: 'a' })], right: [failed] });
    expect(result.differences[0]?.cause).toBe('rejected');
    expect(JSON.stringify(result)).not.toContain(SECRET);
  });

  it('of the secrets section takes no part: one side redacts it', async () => {
    const of = (value: string): Section[] => [
      secrets({ name: 'kubernetes://a', generic_secret: { secret: { inline_string: value } } }),
    ];
    expect((await compared({ left: of(SECRET), right: of(OTHER) })).differences).toEqual([]);
  });
});
