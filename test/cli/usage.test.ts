import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runBin } from '../support/bin.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const MESH = 'snapshots/bookinfo-1.1';
const ONE = ['-f', `${MESH}/productpage-v1-5cb458d74f-k7wzd`];

describe('help and version', () => {
  it('prints the version', async () => {
    expect(await runBin(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('prints the help on standard output', async () => {
    const { code, stdout, stderr } = await runBin(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: mesh-trace \[options\] \[command\] \[proxy\]\n/);
    for (const heading of ['Request:', 'Source:', 'Output:', 'Commands:', 'Examples:', 'Exit codes:'])
      expect(stdout).toContain(`\n${heading}\n`);
  });

  it.each([
    ['help', 'check'],
    ['help', 'runbook'],
  ])('prints what --help prints: %s %s', async (help, command) => {
    expect(await runBin([help, command])).toEqual(await runBin([command, '--help']));
  });

  it.each(['explain', 'status'])('prints the help of %s', async command => {
    const { code, stdout, stderr } = await runBin([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: mesh-trace ${command} [options]`);
  });
});

describe('wrong usage ends with code 2 and one clear sentence', () => {
  it.each<[string, string[], string, string]>([
    [
      'no destination',
      ONE,
      'nothing says where the request goes.',
      'Give --to host:port (or a URL), or --requests FILE.',
    ],
    ['a misspelt command', ['chek', '-f', 'x'], 'nothing says where', 'Or did you mean mesh-trace check?'],
    [
      'two arguments',
      ['productpage', 'reviews:8888'],
      'too many arguments: productpage reviews:8888.',
      'stands behind --to.',
    ],
    ['a misspelt command with an argument', ['chek', 'productpage'], 'too many arguments', 'mesh-trace check?'],
    [
      'an option that a command does not have',
      ['check', '--to', 'a:1'],
      "unknown option '--to'",
      '(mesh-trace check --help shows',
    ],
    ['no arguments', [], 'nothing says where the request goes.', 'mesh-trace --help lists all commands.'],
    [
      'a command without what it needs',
      ['test'],
      "missing required argument 'files'",
      'Usage: mesh-trace test [options] <files...>',
    ],
    ['no port', [...ONE, '--to', 'reviews'], 'reviews: the port is missing.', 'Write host:port, ip:port or a URL'],
    [
      'a port that is none',
      [...ONE, '--to', 'reviews:99999'],
      'reviews:99999: a port is between 1 and 65535.',
      'reviews:8888',
    ],
    ['a destination that is none', [...ONE, '--to', 'a b:1'], 'a b:1 is not a destination.', 'Write host:port'],
    [
      'an unknown scheme',
      [...ONE, '--to', 'ftp://reviews/'],
      'ftp://reviews/: the scheme ftp is not known.',
      'Write host:port',
    ],
    [
      'a header without a colon',
      [...ONE, '--to', 'reviews:8888', '-H', 'jason'],
      '--header jason is not a header.',
      '"name: value"',
    ],
    [
      'a claim without a value',
      [...ONE, '--to', 'reviews:8888', '--claim', 'iss'],
      '--claim iss is not a claim.',
      'name=value',
    ],
    ['an unknown option', [...ONE, '--too', 'reviews:8888'], "unknown option '--too'", '(Did you mean --to?)'],
    [
      'an unknown protocol',
      [...ONE, '--to', 'reviews:8888', '--protocol', 'smtp'],
      "argument 'smtp' is invalid.",
      'http, http2, grpc, tcp',
    ],
    [
      'a time that is none',
      [...ONE, '--to', 'reviews:8888', '--now', 'yesterday'],
      "argument 'yesterday' is invalid.",
      'A time like 2026-11-23T13:20:00Z',
    ],
    [
      'a source address that is none',
      [...ONE, '--to', 'reviews:8888', '--from-ip', 'ratings'],
      'from.ip is "ratings".',
      'as an IP address',
    ],
    [
      'a client that is named twice',
      ['productpage', ...ONE, '--to', 'reviews:8888', '--from', 'ratings'],
      '--from names a client, and productpage is one.',
      'Leave one of them out.',
    ],
    [
      'a random value that is none',
      [...ONE, '--to', 'reviews:8888', '--random', 'x'],
      "argument 'x' is invalid.",
      'A whole number',
    ],
    [
      'requests that are not YAML',
      [...ONE, '--requests', 'README.md'],
      'README.md cannot be read: Unexpected scalar token at line 3, column 7.',
      'Write one request a line as JSON, or a YAML list.',
    ],
    [
      'neither cluster nor dump',
      ['--to', 'reviews:8888'],
      'nothing says whose configuration to read.',
      'a saved dump with -f',
    ],
  ])('%s', async (_, args, sentence, hint) => {
    const { code, stdout, stderr } = await runBin(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^mesh-trace: /);
    const said = stderr.replace(/\s+/g, ' ');
    expect(said).toContain(sentence);
    expect(said).toContain(hint);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('the name of a proxy', () => {
  it.each<[string, string[], string, string[]]>([
    [
      'misspelt',
      ['prodcutpage'],
      'no proxy is called prodcutpage.\n  Near names:\n    productpage-v1-',
      ['There are:', 'details-v1-68868454f5-6zx8m.default'],
    ],
    [
      'unknown',
      ['nobody'],
      'no proxy is called nobody.\n  There are:',
      ['There are:', 'details-v1-68868454f5-6zx8m.default'],
    ],
    ['ambiguous', ['reviews'], 'reviews fits several proxies.', ['reviews-v1-', 'reviews-v2-', 'reviews-v3-']],
    ['missing', [], 'no proxy was named.', ['Name one of them:', 'istio-egressgateway-64f8c9b6f5-tw8gj.istio-system']],
  ])('%s: lists what there is', async (_, name, sentence, listed) => {
    const { code, stdout, stderr } = await runBin([...name, '--to', 'reviews:8888', '-f', MESH]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`mesh-trace: ${sentence}`);
    for (const item of listed) expect(stderr).toContain(item);
  });

  it('ambiguous: lists those that fit, no others', async () => {
    const { stderr } = await runBin(['reviews', '--to', 'reviews:8888', '-f', MESH]);
    expect(stderr).not.toContain('ratings');
  });

  it.each([
    ['whole', 'reviews-v2-65c9df47f8-c8lmw.default'],
    ['without its namespace', 'reviews-v2-65c9df47f8-c8lmw'],
    ['a beginning', 'reviews-v2'],
  ])('%s: is enough', async (_, name) => {
    const { code, stdout } = await runBin([name, '--to', 'ratings:8888', '-f', MESH]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^reviews-v2-65c9df47f8-c8lmw\.default /);
  });
});
