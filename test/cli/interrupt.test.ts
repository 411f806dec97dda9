import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/program.js';
import { OWN, STAND_IN, standIn } from '../source/istioctl/stand-in.js';

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

describe('Ctrl-C', () => {
  it('ends istioctl and its children, says so in one line, and exits as shells expect', async () => {
    const settings = standIn(OWN.modern, { delayMs: 60_000, child: true, stubborn: true });
    const user = new AbortController();
    let stderr = '';
    const write = (text: string) => {
      stderr += text;
    };
    const output = { write, isTerminal: true, columns: 80 };
    const running = run(['web-1.shop', '--to', 'a:80', '--istioctl', STAND_IN], {
      stdin: () => Readable.from([]),
      stdout: output,
      stderr: output,
      env: settings.env,
      signal: user.signal,
    });
    while (settings.beats() === 0) await pause(20);
    await pause(700);
    user.abort();
    expect(await running).toBe(130);
    expect(stderr.split('\r').at(-1)).toBe('\u001b[Kmesh-trace: Interrupted.\n');
    const beats = settings.beats();
    await pause(200);
    expect(settings.beats()).toBe(beats);
  });
});
