import { describe, expect, it } from 'vitest';
import { compareSides } from '../../src/compare/drift/compare.js';
import type { Difference, DriftResult } from '../../src/compare/drift/difference.js';
import { pilotAndEnvoy } from '../../src/compare/drift/sides.js';
import { diffMarkdown } from '../../src/render/diff/markdown.js';
import { renderDiff } from '../../src/render/diff/table.js';
import { coloured, plain } from '../../src/render/paint.js';
import { snapshot } from '../support/snapshot.js';

const ESCAPE = String.fromCharCode(27);

async function faulted(withTexts = false): Promise<DriftResult> {
  const { proxies, pilot } = await snapshot('bookinfo-1.30-faulted');
  const [envoy] = proxies;
  const ours = envoy === undefined ? undefined : pilot.get(envoy.name);
  if (envoy === undefined || ours === undefined) throw new Error('the snapshot lacks a side');
  return compareSides({ mode: 'pilot', ...pilotAndEnvoy(ours, envoy), ignore: null }, { withTexts });
}

const difference: Difference = {
  kind: 'cluster',
  name: 'a',
  change: 'changed',
  paths: [],
  cause: 'stale',
  why: 'Why.',
  remedy: 'Do this.',
  effects: [],
  effect: 'No effect.',
};

function result(differences: Partial<Difference>[], more: Partial<DriftResult> = {}): DriftResult {
  return {
    schemaVersion: 1,
    equal: differences.length === 0,
    proxy: 'a.b',
    left: 'Pilot',
    right: 'Envoy',
    summary: [{ kind: 'cluster', equal: 3, onlyLeft: 0, onlyRight: 0, changed: differences.length }],
    differences: differences.map(one => ({ ...difference, ...one })),
    notes: [],
    ...more,
  };
}

const narrow = { width: 80, paint: plain };
const table = (...args: Parameters<typeof result>) => renderDiff(result(...args), narrow);

describe('a comparison as a table', () => {
  it.each([80, 140])('of a proxy with faults, at %d columns', async width => {
    const text = renderDiff(await faulted(), { width, paint: plain });
    expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThanOrEqual(width + 70);
    await expect(text).toMatchFileSnapshot(`__snapshots__/diff/faulted-${width}.txt`);
  });

  it('puts a cause below a resource where a line has no room for both', () => {
    expect(table([{ name: 'x'.repeat(60) }])).toContain(`1. ~ cluster ${'x'.repeat(60)}  STALE\n    Why.`);
    expect(table([{ name: 'x'.repeat(61) }])).toContain(`1. ~ cluster ${'x'.repeat(61)}\n    STALE\n    Why.`);
  });

  it('puts the commands of a remedy on lines of their own, or in code marks', () => {
    const remedy = 'Look at <its> log (`kubectl logs a -n b | grep -i reject`): it tells.';
    expect(table([{ remedy }])).toContain(
      '    → Look at <its> log: it tells.\n      $ kubectl logs a -n b | grep -i reject\n',
    );
    expect(diffMarkdown(result([{ remedy }]))).toContain(
      '**What to do:** Look at \\<its\\> log (`kubectl logs a -n b | grep -i reject`): it tells.',
    );
  });

  it('shows the fields of a difference, and a secret as such', () => {
    const text = table([
      {
        paths: [
          { path: '/a', at: 'a', left: '1s', right: '2s' },
          { path: '/b', at: 'b', left: null, right: { c: 1 } },
          { path: '/c', at: 'c', left: [1], right: null },
          { path: '/d', at: 'd', left: 'REDACTED', right: 'REDACTED' },
        ],
      },
    ]);
    expect(text).toContain(
      '    ~ a: 1s → 2s\n    + b: {"c":1}\n    - c: [1]\n    ~ d: another one (a secret, not shown)\n',
    );
  });

  it('cuts long values and long lists of fields, and says so', () => {
    const paths = Array.from({ length: 14 }, (_, i) => ({
      path: `/${i}`,
      at: `f${i}`,
      left: 'x'.repeat(500),
      right: 1,
    }));
    const text = table([{ paths }]);
    expect(text).toContain('and 4 more fields (-o json has them all)');
    expect(text).not.toContain('x'.repeat(101));
  });

  it('counts requests that fail apart from those that end otherwise', () => {
    const effect = (weight: 0 | 1 | 2) => ({ effects: [{ request: { headers: {} }, left: 'l', right: 'r', weight }] });
    expect(table([effect(2), effect(1), {}])).toContain(
      '3 differences; 1 makes requests fail; 1 makes requests end otherwise.',
    );
    expect(table([{}])).toContain('1 difference; none changes how a traced request ends.');
    expect(table([])).toBe('a.b: Pilot (-) against Envoy (+)\nEqual: all 3 resources mean the same on both sides.\n');
  });

  it('says of a text that sections match', () => {
    const summary = [{ kind: 'cluster', equal: 0, onlyLeft: 0, onlyRight: 0, changed: 0 } as const];
    expect(table([{}], { summary })).toContain('  clusters  match\n');
  });

  it('names what has no name in a text, and the bootstrap once', () => {
    expect(table([{ name: null }])).toContain('1. ~ cluster (its name is not in the text)  STALE');
    expect(table([{ kind: 'bootstrap', name: 'bootstrap' }])).toContain('1. ~ bootstrap  STALE');
  });

  it('keeps control characters of a dump from the terminal', async () => {
    const evil = `a${ESCAPE}[2J\u0007`;
    const one = {
      name: evil,
      why: evil,
      remedy: evil,
      effect: evil,
      paths: [{ path: '/x', at: evil, left: evil, right: null }],
    };
    const given = result([one], { proxy: evil, notes: [{ about: 'health', text: evil }] });
    expect(renderDiff(given, narrow)).not.toContain(ESCAPE);
    expect(diffMarkdown(given)).not.toContain(ESCAPE);
  });

  it('has the same signs with colours and without', async () => {
    const colours = renderDiff(await faulted(), { width: 80, paint: coloured });
    expect(colours).toContain(ESCAPE);
    const stripped = colours.replaceAll(new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g'), '');
    expect(stripped).toBe(renderDiff(await faulted(), narrow));
  });

  it('shows text diffs where differences carry texts', async () => {
    const text = renderDiff(await faulted(true), narrow);
    expect(text).toContain('    --- Pilot: cluster outbound|8888|v1|details');
    expect(text).toContain('    -  "connect_timeout": "10s",\n');
  });
});

describe('a comparison as Markdown', () => {
  it('of a proxy with faults', async () => {
    await expect(diffMarkdown(await faulted())).toMatchFileSnapshot('__snapshots__/diff/faulted.md');
  });

  it('keeps markup of a dump from the page', () => {
    const text = diffMarkdown(result([{ name: 'a`b', why: '*x* <b> [l](u)' }]));
    expect(text).toContain("### ~ `cluster a'b`: stale");
    expect(text).toContain('\\*x\\* \\<b\\> \\[l\\](u)');
  });
});
