import { describe, expect, it } from 'vitest';
import { tell } from '../../src/cli/tell.js';
import { runCli } from '../support/run-cli.js';

function told(lines: readonly string[], columns: number): string {
  let written = '';
  const stderr = {
    write: (text: string) => {
      written += text;
    },
    isTerminal: false,
    columns,
  };
  tell(lines, {
    stdin: () => {
      throw new Error('nothing is read');
    },
    stdout: stderr,
    stderr,
    env: {},
    signal: new AbortController().signal,
  });
  return written;
}

describe('what is told', () => {
  it.each([
    [
      'a command that its line has no room for stands apart and whole',
      ['a.json is empty.', 'Capture it again: istioctl proxy-config all POD.NAMESPACE -o json > dump.json'],
      'mesh-trace: a.json is empty.\n  Capture it again:\n    istioctl proxy-config all POD.NAMESPACE -o json > dump.json\n',
    ],
    [
      'prose is wrapped',
      ['a.json is empty.', 'Give what it was made from, or another file, or a folder.'],
      'mesh-trace: a.json is empty.\n  Give what it was made from, or another\n  file, or a folder.\n',
    ],
    [
      'a first line that tells of istioctl is prose',
      ['web-1.shop: istioctl gave no answer within 30 s and was ended.'],
      'mesh-trace: web-1.shop: istioctl gave no\n  answer within 30 s and was ended.\n',
    ],
    [
      'no line is longer than the terminal is wide',
      ['a.json is empty: give what it was made a file from in the end, perhaps, or another.'],
      'mesh-trace: a.json is empty: give what it\n  was made a file from in the end,\n  perhaps, or another.\n',
    ],
  ])('%s', (_, lines, expected) => {
    expect(told(lines, 42)).toBe(expected);
  });
});

describe('without istioctl', () => {
  it('there is nothing to try by hand, but dumps can be read', async () => {
    const { code, stderr } = await runCli(['check'], { env: { ISTIOCTL: 'no-such-istioctl' } });
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr:
        'mesh-trace: There is no no-such-istioctl on the PATH: install it, or name it\n' +
        '  with --istioctl or ISTIOCTL.\n' +
        '  No cluster? All commands but capture read saved dumps as well, with -f.\n',
    });
  });
});
