import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type ExplainOptions, explainCommand } from '../../../src/cli/commands/explain.js';
import { UsageError } from '../../../src/cli/fail.js';
import type { Io } from '../../../src/cli/io.js';

async function run(terms: string[], options: Partial<ExplainOptions> = {}, isTerminal = false): Promise<string> {
  return (await runBoth(terms, options, isTerminal)).stdout;
}

async function runBoth(terms: string[], options: Partial<ExplainOptions> = {}, isTerminal = false) {
  let printed = '';
  let told = '';
  const stdout = {
    write: (text: string) => {
      printed += text;
    },
    isTerminal,
    columns: 80,
  };
  const io: Io = {
    stdin: () => {
      throw new Error('explain reads no input');
    },
    stdout,
    stderr: {
      ...stdout,
      write: (text: string) => {
        told += text;
      },
    },
    env: {},
    signal: new AbortController().signal,
  };
  expect(await explainCommand(terms, { output: 'text', lang: 'en', ...options }, io)).toBe(0);
  return { stdout: printed, stderr: told.replace(/\s+/g, ' ') };
}

describe('mesh-trace explain', () => {
  it.each([
    [['NR'], /^NR \(NoRouteFound\)/],
    [['503', 'UF,URX'], /Together: UF with URX[\s\S]*\nURX[\s\S]*\n503 \(Service Unavailable\)/],
    [['no', 'healthy', 'upstream'], /^no_healthy_upstream - Envoy response code details/],
  ])('%j', async (terms, text) => {
    expect(await run(terms)).toMatch(text);
  });

  it('gives the same as JSON, YAML and Markdown', async () => {
    const json: unknown = JSON.parse(await run(['UH'], { output: 'json' }));
    expect(json).toMatchObject({ schemaVersion: 1, query: 'UH', terms: [{ kind: 'response-flag', term: 'UH' }] });
    expect(parse(await run(['UH'], { output: 'yaml' }))).toEqual(json);
    expect(await run(['UH'], { output: 'markdown' })).toMatch(/^## UH \(NoHealthyUpstream\)\n/);
  });

  it('speaks Chinese', async () => {
    expect(await run(['UH'], { lang: 'zh' })).toContain('接下来看');
  });

  it('has colours on a terminal only', async () => {
    expect(await run(['UH'])).not.toContain('\u001b');
    expect(await run(['UH'], {}, true)).toContain('\u001b[1mUH (NoHealthyUpstream)');
  });

  it('lists what it knows', async () => {
    const list = await run([]);
    expect(list).toMatch(/^Envoy response flag\n {2}LH, FailedLocalHealthCheck, UH/);
    expect(list).toContain('route_not_found');
    expect(JSON.parse(await run([], { output: 'json' }))).toContainEqual({
      kind: 'http-status',
      terms: expect.arrayContaining(['503']),
    });
    expect(parse(await run([], { output: 'yaml' }))).toHaveLength(5);
  });

  const LINE =
    '[2026-11-23T13:20:01.112Z] "GET /z HTTP/1.1" 503 UF upstream_reset_before_response_started{connection_failure} - "delayed connect error: 111" 0 0 3 - "-" "curl/8" "1b2" "reviews:8888" "10.244.3.16:9080" outbound|8888|v3|reviews.default.svc.cluster.local - 10.96.201.44:8888 10.244.1.11:41234 - -';
  const RESET = 'TLS_error:|33554536:system library:OPENSSL_internal:Connection reset by peer:TLS_error_end';

  it.each([
    [['503', 'NX'], /^503/, 'mesh-trace: nothing is known of “NX”. Near: NC, NR '],
    [['UH', 'UF', 'XX', 'qqqqqq'], /^UH[\s\S]*\nUF/, 'mesh-trace: nothing is known of “XX” and “qqqqqq”.'],
    [['503', 'UF', RESET], /\nTLS_error:\|33554536[\s\S]*\n503/, ''],
    [
      ['UF', 'TLS error: 268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED'],
      /\nTLS_error:_268435581/,
      '',
    ],
    [
      [LINE],
      /^Together: 503 with UF[\s\S]*\ndelayed_connect_error:_111/,
      'mesh-trace: this is a line of an access log. `mesh-trace logs FILE` (- for',
    ],
    [
      LINE.replaceAll('"', '').split(' '),
      /^Together: 503 with UF/,
      '`mesh-trace logs FILE` (- for standard input) reads whole lines',
    ],
  ])('explains what is known of %j, and tells the rest', async (terms, printed, told) => {
    const { stdout, stderr } = await runBoth(terms);
    expect(stdout).toMatch(printed);
    expect(told === '' ? stderr : stderr.slice(0, 1000)).toContain(told);
    expect(stderr === '').toBe(told === '');
  });

  it.each([
    ['route_not_fond', 'route_not_fond', 'Near: route_not_found'],
    ['qqqqqqqqq', 'qqqqqqqqq', '`mesh-trace explain` without a term lists what it knows.'],
  ])('knows nothing of a part of %s, and says what may have been meant', async (query, term, hint) => {
    const refused = run(query.split(' '));
    await expect(refused).rejects.toBeInstanceOf(UsageError);
    await expect(refused).rejects.toMatchObject({ message: `nothing is known of “${term}”`, hint });
  });
});
