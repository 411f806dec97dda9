import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FINDING_CODES } from '../../src/findings/codes.js';
import { explainTerm } from '../../src/findings/explain.js';
import { findingPage } from '../../src/render/finding-page.js';
import { findingsList } from '../../src/render/findings-list.js';
import { findingsIndex } from '../docs/findings-index.js';
import { runCli } from '../support/run-cli.js';
import { commandsIn } from '../support/too-long.js';

const HEADINGS = ['Explanation', 'Consequences', 'Common causes', 'Remedy'];

describe.each(FINDING_CODES)('%s', code => {
  it('has its page in docs/findings, with the four headings', async () => {
    const page = findingPage(code);
    await expect(page).toMatchFileSnapshot(`../../docs/findings/${code}.md`);
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
  });

  it('is printed by mesh-trace explain', async () => {
    const { code: exit, stdout } = await runCli(['explain', code], { columns: 100 });
    expect(exit).toBe(0);
    const [term] = explainTerm(code)?.terms ?? [];
    const words = (text: string) => text.replace(/\s+/g, ' ');
    expect(words(stdout)).toContain(words(term?.means ?? '?'));
    expect(words(stdout)).toContain(words(term?.consequences ?? '?'));
    for (const heading of HEADINGS) expect(stdout).toContain(heading);
    expect(commandsIn(stdout)).toEqual(term?.next.flatMap(({ command }) => command ?? []));
    expect((await runCli(['explain', code, '-o', 'markdown'])).stdout).toContain('### Remedy');
  });
});

it('docs/findings/README.md lists them all', async () => {
  await expect(findingsIndex(findingsList())).toMatchFileSnapshot('../../docs/findings/README.md');
});

it('docs/findings holds no other pages', () => {
  const pages = readdirSync(new URL('../../docs/findings/', import.meta.url)).filter(name => name !== 'README.md');
  expect(pages.sort()).toEqual([...FINDING_CODES].sort().map(code => `${code}.md`));
});
