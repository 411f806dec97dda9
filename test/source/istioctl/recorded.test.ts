import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureOf as toldAs } from '../../../src/cli/fail.js';
import { callForJson, callForText } from '../../../src/source/istioctl/call.js';
import { fetchProxy, fetchProxyStatus, IstioctlError } from '../../../src/source/istioctl/index.js';
import { RECORDED_FAILURES } from './recorded-failures.js';
import { type RecordedCall, recordedCalls, SHARED, STAND_IN, sharedIsThere, standIn } from './stand-in.js';

const KILLED_MS = 2000;
const title = (era: string) =>
  `recorded istioctl ${era}${sharedIsThere ? '' : ' (skipped: the shared folder is not there)'}`;

function optionsFor(era: 'modern' | 'old', { id, killed_after }: RecordedCall) {
  return { ...standIn(SHARED[era], { replay: id }), timeoutMs: killed_after ? KILLED_MS : 30_000 };
}

/** Runs a recorded call as the wrapper would: for JSON where it asks for JSON. */
function ask(era: 'modern' | 'old', recorded: RecordedCall): Promise<Buffer> {
  const args = recorded.argv.slice(1);
  return (args.includes('json') ? callForJson : callForText)(args, optionsFor(era, recorded));
}

async function failureOf(call: Promise<unknown>): Promise<IstioctlError> {
  const error = await call.then(
    () => new Error('it did not fail'),
    error => error,
  );
  expect(error).toBeInstanceOf(IstioctlError);
  return error;
}

/** The recorded words that must be told: standard error, and what log lines on standard output complain of. */
function recordedWords(era: 'modern' | 'old', { id }: RecordedCall): string[] {
  const text = readFileSync(join(SHARED[era], `${id}.txt`), 'utf8');
  const stderr = /\n--- stderr: .*\n([\s\S]*?)--- API requests/.exec(text)?.[1] ?? '';
  const log = /\n--- stdout: .*\n([\s\S]*?)--- stderr: /.exec(text)?.[1] ?? '';
  const complaints = log.split('\n').filter(line => /^\d{4}-\S+\t(error|warn)\t/.test(line));
  return [stderr.trim().slice(0, 500), ...complaints.slice(0, 2).map(line => line.split('\t').slice(2).join('\t'))];
}

describe.each(['modern', 'old'] as const)('%s', era => {
  const calls = sharedIsThere ? recordedCalls(SHARED[era]) : [];
  const byId = new Map(calls.map(call => [call.id, call]));
  const expected = RECORDED_FAILURES[era].flatMap(([kind, short, ids]) => ids.map(id => ({ id, kind, short })));
  const failing = new Set(expected.map(({ id }) => id));
  const recorded = (id: string) => byId.get(id) ?? { id, argv: [], exit: 0, killed_after: null, env: {} };

  describe.skipIf(!sharedIsThere)(title(era), () => {
    it('every call that failed is in the table of failures', () => {
      const failed = calls.filter(({ exit }) => exit !== 0).map(({ id }) => id);
      expect(failed.filter(id => !failing.has(id))).toEqual([]);
      expect([...failing].filter(id => !byId.has(id))).toEqual([]);
    });

    it.concurrent.each(expected)('$id is told as $kind', async ({ id, kind, short }) => {
      const error = await failureOf(ask(era, recorded(id)));
      expect(error).toMatchObject({ kind, short });
      for (const words of recordedWords(era, recorded(id))) {
        expect(error.said).toContain(words);
      }
      const words = [STAND_IN, ...recorded(id).argv.slice(1)];
      expect(error.command).toBe(words.map(word => (word === '' ? "''" : word)).join(' '));
      const { exitCode, lines } = toldAs(error, false);
      expect(exitCode).toBe(3);
      expect(lines.slice(0, 3)).toEqual([short.replace(/[^.!?]$/, '$&.'), 'Try it by hand:', `  ${error.command}`]);
    });

    it.concurrent.each(calls.filter(({ id }) => !failing.has(id)))('$id gives its answer', async call => {
      expect((await ask(era, call)).length).toBeGreaterThan(0);
    });

    const DIFFERS: Record<string, string> = {
      'fail-empty-name': 'invalid-name',
      'fail-name-dot': 'invalid-name',
      'fail-no-sidecar': 'no-sidecar',
      'pc-absent-all-help': 'invalid-name',
    };
    const ofProxies = expected.flatMap(({ id, kind }) => {
      const { argv } = recorded(id);
      const [, command, section = '', target = ''] = argv;
      const plain = argv.slice(4).every(word => ['-o', 'json', '--context', 'nope', 'down'].includes(word));
      const asked = command === 'proxy-config' && ['all', 'listener'].includes(section) && argv.length > 3 && plain;
      return asked ? [{ id, target, kind: DIFFERS[id] ?? kind }] : [];
    });
    it.concurrent.each(ofProxies)('$id fails fetchProxy as $kind', async ({ id, target, kind }) => {
      expect(await failureOf(fetchProxy(target, optionsFor(era, recorded(id))))).toMatchObject({ kind });
    });

    const ofStatus = expected.filter(({ id }) => recorded(id).argv[1] === 'proxy-status' && id !== 'ps-json');
    it.concurrent.each(ofStatus.filter(({ kind }) => kind !== 'unsupported-flag'))(
      '$id fails fetchProxyStatus as $kind',
      async ({ id, kind }) => {
        expect(await failureOf(fetchProxyStatus(null, optionsFor(era, recorded(id))))).toMatchObject({ kind });
      },
    );
  });
});
