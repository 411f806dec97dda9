import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runBin } from '../support/bin.js';
import { documentText, workFolder } from '../support/work-folder.js';

const folder = workFolder();
const dump = documentText('bookinfo-1.1', 'productpage', 'config_dump');
const clusters = documentText('bookinfo-1.1', 'productpage', 'clusters');
const withoutEndpoints = withoutSection(documentText('bookinfo-1.30', 'productpage', 'config_dump'), 'Endpoints');
const withoutListeners = withoutSection(dump, 'Listeners');

function withoutSection(text: string, kind: string): string {
  const { configs }: { configs: { '@type': string }[] } = JSON.parse(text);
  return JSON.stringify({ configs: configs.filter(config => !config['@type'].includes(`.${kind}ConfigDump`)) });
}

function write(name: string, content: string | Buffer): void {
  writeFileSync(join(folder, name), content);
}

write('config_dump.json', dump);
write('clusters.json', clusters);
write('config_dump.json.gz', gzipSync(dump));
write('bom.json', `\ufeff${dump}`);
write('utf16.json', Buffer.from(`\ufeff${dump}`, 'utf16le'));
write('log-lines.json', `2026-11-23T13:18:28Z\tinfo\tport-forward ready\n${dump}`);
write('empty.json', '');
write('page.html', '<!doctype html>\n<html><body>504 Gateway Time-out</body></html>\n');
write('other.json', '[{"id": 1}, {"id": 2}]');
write('cut.json', dump.slice(0, 60_000));
write('cut.json.gz', gzipSync(dump).subarray(0, 4_000));
write('no-listeners.json', withoutListeners);
write('no-endpoints.json', withoutEndpoints);
mkdirSync(join(folder, 'no-dumps'));
write('no-dumps/notes.txt', 'nothing here\n');
mkdirSync(join(folder, 'nothing'));

const REVIEWS = ['--to', 'reviews:8888', '-o', 'json'];

describe('what can be read is read', () => {
  it.each<[string, string[]]>([
    ['a file', ['-f', 'config_dump.json', '-f', 'clusters.json']],
    ['a gzip file', ['-f', 'config_dump.json.gz', '-f', 'clusters.json']],
    ['a file given twice', ['-f', 'config_dump.json', '-f', 'clusters.json', '-f', 'config_dump.json']],
    ['a byte order mark', ['-f', 'bom.json', '-f', 'clusters.json']],
    ['UTF-16', ['-f', 'utf16.json', '-f', 'clusters.json']],
    ['log lines before the JSON', ['-f', 'log-lines.json', '-f', 'clusters.json']],
  ])('%s', async (_, files) => {
    const { code, stdout } = await runBin([...REVIEWS, ...files], { cwd: folder });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'forwarded', endpoints: [{ address: '10.244.1.13:8888' }] });
  });

  it.each<[string, string | Buffer]>([
    ['plain', dump],
    ['gzip', gzipSync(dump)],
  ])('standard input, %s', async (_, stdin) => {
    const answer = await runBin([...REVIEWS, '-f', '-', '-f', 'clusters.json'], { cwd: folder, stdin });
    expect(answer).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(answer.stdout)).toMatchObject({ outcome: 'forwarded' });
  });
});

describe('what cannot be read ends with code 3 and says what to do', () => {
  it.each<[string, string, RegExp]>([
    [
      'a missing file',
      'gone.json',
      /^mesh-trace: gone\.json: there is no such file or directory\.\n {2}Check the path\./,
    ],
    ['an empty file', 'empty.json', /^mesh-trace: empty\.json is empty\.\n {2}Capture it again/],
    [
      'an HTML page',
      'page.html',
      /^mesh-trace: page\.html is an HTML page, not a dump\.\n {2}A proxy or login page answered\./,
    ],
    ['an array of something else', 'other.json', /^mesh-trace: other\.json /],
    ['a folder without dumps', 'no-dumps', /^mesh-trace: no-dumps\/notes\.txt is text/],
    ['an empty folder', 'nothing', /^mesh-trace: nothing\b/],
  ])('%s', async (_, file, said) => {
    const { code, stdout, stderr } = await runBin([...REVIEWS, '-f', file], { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(said);
    expect(stderr.split('\n').length).toBeGreaterThan(2);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('what lacks a part decides only what the part cannot change', () => {
  it.each<[string, string[], RegExp, string]>([
    [
      'a dump that breaks off',
      ['-f', 'cut.json'],
      /^mesh-trace: cut\.json breaks off at byte 60000, in its listener section/,
      'listeners section',
    ],
    ['gzip that breaks off', ['-f', 'cut.json.gz'], /^mesh-trace: cut\.json\.gz/, 'section'],
    ['a dump without listeners', ['-f', 'no-listeners.json'], /^$/, 'the listeners section'],
    ['a dump without endpoints', ['-f', 'no-endpoints.json'], /^$/, 'include_eds'],
    ['Istio 1.1 without /clusters', ['-f', 'config_dump.json'], /^$/, '/clusters?format=json'],
  ])('%s ends as undetermined, code 4', async (_, files, said, missing) => {
    const { code, stdout, stderr } = await runBin([...REVIEWS, ...files], { cwd: folder });
    expect(code).toBe(4);
    expect(stderr).toMatch(said);
    const result: { outcome: string; reason: string; missing: string[] } = JSON.parse(stdout);
    expect(result).toMatchObject({ outcome: 'undetermined', reason: 'missing_evidence' });
    expect(result.missing.join()).toContain(missing);
  });

  it('a dump without endpoints still names a missing cluster', async () => {
    const { code, stdout } = await runBin(
      [
        '--to',
        'orphan:8888',
        '--set',
        '/configs/1/dynamic_active_clusters=[]',
        '-o',
        'json',
        '-f',
        'no-endpoints.json',
      ],
      { cwd: folder },
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'responded', reason: 'no_cluster', responseCode: 503 });
  });

  it('--quiet keeps warnings back', async () => {
    const { stderr } = await runBin([...REVIEWS, '-q', '-f', 'cut.json'], { cwd: folder });
    expect(stderr).toBe('');
  });
});
