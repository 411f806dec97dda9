import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { PRIVATE_KEYS } from '../../model/redact/keys.js';
import { runCli } from '../../support/run-cli.js';
import { workFolder } from '../../support/work-folder.js';
import { SNAPSHOT_REQUESTS } from '../../trace/snapshot-requests.js';
import { recordingsOf } from '../support/recordings.js';
import { capture, filesBelow, manifestOf } from './support.js';

const work = workFolder();
const SECRET = 'S3cr3t-value-0815';
const [KEY = ''] = PRIVATE_KEYS;
const TOKEN = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"sub":"jane-0815"}').toString('base64url')}.c2lnbmF0dXJl`;

/** Maps by names that people choose: a field cannot stand there. */
const MAPS = /^(policies|providers|requirement_?map|(typed_?)?per_?filter_?config)$/i;

/** What may stand in any object of a dump. */
const PLANTED = {
  private_key: { inline_string: KEY },
  password: { inlineBytes: Buffer.from(SECRET).toString('base64') },
  client_secret: SECRET,
  request_headers_to_add: [{ header: { key: 'authorization', value: `Bearer ${SECRET}` } }],
  note: `the token is ${TOKEN}`,
};
const VARIABLES = { DB_PASSWORD: SECRET, API_TOKEN: TOKEN, PROXY_CONFIG: { proxyMetadata: { SIGNING_KEY: SECRET } } };

function planted(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map(item => planted(item, key));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, planted(member, name)]));
  if (key === 'metadata') return { ...members, ...VARIABLES };
  const isHome = /^(filter_metadata|node|bootstrap|cluster|listener|route_config|secret|resources)$/.test(key);
  return isHome && !MAPS.test(key) ? { ...members, extra_config: PLANTED } : members;
}

function plantIn(text: string): string {
  return JSON.stringify(planted(JSON.parse(text)));
}

/** Recordings whose every answer holds secrets. */
function leakyRecordings(): string {
  const { folder } = recordingsOf('bookinfo-1.30');
  for (const file of readdirSync(folder).filter(name => name.endsWith('.out')))
    writeFileSync(join(folder, file), plantIn(readFileSync(join(folder, file), 'utf8')));
  const calls: { id: string; stdout?: string }[] = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
  const leaky = calls.map(call =>
    call.id.startsWith('status') ? { ...call, stdout: plantIn(call.stdout ?? '') } : call,
  );
  writeFileSync(join(folder, 'index.json'), JSON.stringify(leaky));
  return folder;
}

/** The secrets in all files of a folder, unpacked. */
function leaks(folder: string): string[] {
  const forms = [SECRET, TOKEN, KEY.split('\n')[2] ?? KEY, Buffer.from(SECRET).toString('base64')];
  return filesBelow(folder).flatMap(path => {
    const bytes = readFileSync(join(folder, path));
    const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    return forms.filter(form => text.includes(form)).map(form => `${path}: ${form}`);
  });
}

describe('a capture of configuration with secrets', () => {
  const recordings = leakyRecordings();
  const dir = join(work, 'redacted');
  const open = join(work, 'open');
  let report = '';
  beforeAll(async () => {
    const answer = await capture(recordings, ['-A', '--istiod', '-d', dir]);
    expect(answer).toMatchObject({ code: 0, stderr: '' });
    report = answer.stdout;
    const unredacted = await capture(recordings, ['-A', '--istiod', '-d', open, '--no-redact']);
    expect(unredacted.code).toBe(0);
    expect(unredacted.stdout).toContain('Nothing was taken out of it: it may hold private keys, tokens and passwords.');
  }, 60_000);

  it('holds none of them, in any section of any file', () => {
    expect(leaks(dir)).toEqual([]);
    const leaking = new Set(leaks(open).map(leak => leak.split(':')[0]?.split('/')[1]));
    expect([...leaking].sort()).toEqual(['config_dump.json', 'pilot_config_dump.json', 'proxy-status.json']);
  });

  it('holds none of them packed, or under pseudonyms', async () => {
    for (const option of ['--gzip', '--pseudonymise']) {
      const path = join(work, option.slice(2));
      expect((await capture(recordings, ['ledger-v1-664f6cbf8c-lzg7s.secure', '-d', path, option])).code).toBe(0);
      expect(leaks(path)).toEqual([]);
      if (option === '--pseudonymise') expect(leaks(`${path}.private`)).toEqual([]);
    }
  }, 30_000);

  it('says what was removed, and where it stood', () => {
    expect(report).toMatch(/\nTaken out: .*\d+ authorization headers?, .*\. The manifest says where each stood\.\n/);
    const files = manifestOf(dir).proxies.flatMap(proxy => proxy.files);
    const removed = files.find(({ path }) => path.endsWith('/config_dump.json'))?.removed ?? [];
    expect(new Set(removed.map(({ kind }) => kind))).toEqual(
      new Set(['private key', 'password', 'secret', 'authorization header', 'token', 'environment value']),
    );
    expect(removed.map(({ pointer }) => pointer)).toContain('/configs/0/bootstrap/node/metadata/DB_PASSWORD');
    expect(JSON.stringify(manifestOf(dir))).not.toContain('0815');
  });

  it('traces the same as it does with its secrets', async () => {
    const asked = SNAPSHOT_REQUESTS.filter(({ snapshot }) => snapshot === 'bookinfo-1.30');
    const names = manifestOf(dir).proxies.map(({ target }) => target);
    const requests = asked.map(({ proxy, request }) => ({
      ...request,
      proxy: names.find(name => name.startsWith(proxy)),
    }));
    const stdin = requests.map(request => JSON.stringify(request)).join('\n');
    const [redacted, own] = await Promise.all(
      [dir, open].map(path => runCli(['--requests', '-', '-f', path, '-o', 'jsonl'], { stdin })),
    );
    const withoutFolder = (text = '') => text.replaceAll('"document":"open/', '"document":"redacted/');
    expect(redacted?.stdout.split('\n')).toEqual(withoutFolder(own?.stdout).split('\n'));
    expect(redacted?.stdout.trimEnd().split('\n')).toHaveLength(requests.length);
    expect(redacted?.stderr).toBe('');
  });
});
