import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { cliPage, commandTable } from './cli-page.js';
import { withFiles, withOutput } from './output-blocks.js';
import { type RootSchema, schemaPage } from './schema-page.js';

const ROOT = new URL('../../', import.meta.url);
const COMMANDS = /<!-- commands -->[\s\S]*<!-- \/commands -->/;
const silent = { write: () => {}, isTerminal: false, columns: 80 };

function program(): Command {
  const { signal } = new AbortController();
  return buildProgram({ stdin: () => process.stdin, stdout: silent, stderr: silent, env: {}, signal }, () => {});
}

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

describe('pages that are made', () => {
  it('docs/cli.md from the option table', async () => {
    await expect(cliPage(program())).toMatchFileSnapshot('../../docs/cli.md');
  });

  it('docs/cli.md with the options and choices that --help shows', () => {
    const all = [program(), ...program().commands];
    for (const command of all) {
      const shown = command
        .createHelp()
        .visibleOptions(command)
        .map(({ flags }) => flags);
      expect(shown.sort()).toEqual([...command.options.map(({ flags }) => flags), '-h, --help'].sort());
    }
    expect(read('docs/cli.md')).toContain('| `<what>` | What is listed. One of `findings`. |');
  });

  it.each(['testing', 'logs', 'what-if'])('the output and the files shown in docs/%s.md', async name => {
    const page = withFiles(read(`docs/${name}.md`));
    await expect(await withOutput(page)).toMatchFileSnapshot(`../../docs/${name}.md`);
  });

  it('docs/result-schema.md from the schema', async () => {
    const schema: RootSchema = JSON.parse(read('docs/result.schema.json'));
    await expect(schemaPage(schema)).toMatchFileSnapshot('../../docs/result-schema.md');
  });

  it('the output and the commands shown in README.md', async () => {
    const page = read('README.md').replace(
      COMMANDS,
      () => `<!-- commands -->\n${commandTable(program())}\n<!-- /commands -->`,
    );
    await expect(await withOutput(page)).toMatchFileSnapshot('../../README.md');
  });

  it('the output shown in docs/diff.md', async () => {
    await expect(await withOutput(read('docs/diff.md'))).toMatchFileSnapshot('../../docs/diff.md');
  });
});

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(new URL('docs/', ROOT), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
];

describe.each(PAGES)('%s', path => {
  const text = read(path);

  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)\s]*)?\)/g)].map(([, target = '']) => target);
    const missing = links.filter(target => !existsSync(new URL(target, new URL(path, ROOT))));
    expect(missing).toEqual([]);
  });
});
