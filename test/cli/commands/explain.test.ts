import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type ExplainOptions, explainCommand } from '../../../src/cli/commands/explain.js';
import { UsageError } from '../../../src/cli/fail.js';
import type { Io } from '../../../src/cli/io.js';

async function run(terms: string[], options: Partial<ExplainOptions> = {}, isTerminal = false): Promise<string> {
  let printed = '';
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
    stderr: stdout,
    env: {},
    signal: new AbortController().signal,
  };
  expect(await explainCommand(terms, { output: 'text', lang: 'en', ...options }, io)).toBe(0);
  return printed;
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

  it.each([
    ['route_not_fond', 'route_not_fond', 'Near: route_not_found'],
    ['503 NX', 'NX', 'Near: NC, NR'],
    ['qqqqqqqqq', 'qqqqqqqqq', '`mesh-trace explain` without a term lists what it knows.'],
  ])('knows nothing of a part of %s, and says what may have been meant', async (query, term, hint) => {
    const refused = run(query.split(' '));
    await expect(refused).rejects.toBeInstanceOf(UsageError);
    await expect(refused).rejects.toMatchObject({ message: `nothing is known of “${term}”`, hint });
  });
});
