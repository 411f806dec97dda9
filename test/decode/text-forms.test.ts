import { describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import { isBinary, recogniseText } from '../../src/decode/text-forms.js';
import { documentOf } from '../../src/source/document.js';

const KUBECTL = 'is an error message of istioctl or kubectl, not a dump';
const SHELL = 'is an error message of a shell or of curl, not a dump';
const AGAIN = 'Run the command again and look at its error.';

describe('a command that failed where its answer was to be', () => {
  it.each([
    ['Error from server (NotFound): pods "cart" not found', KUBECTL],
    ['Error: failed to execute command on cart.shop sidecar: EOF', KUBECTL],
    ['error: You must be logged in to the server (Unauthorized)', KUBECTL],
    ['error: unable to upgrade connection: container not found ("istio-proxy")', KUBECTL],
    ['Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout', KUBECTL],
    ['The connection to the server localhost:8080 was refused - did you specify the right host or port?', KUBECTL],
    ['OCI runtime exec failed: exec failed: exec: "curl": executable file not found in $PATH: unknown', KUBECTL],
    ['E1123 13:20:00.000000   12345 portforward.go:400] an error occurred forwarding 15000 -> 15000', KUBECTL],
    ['curl: (7) Failed to connect to localhost port 15000: Connection refused', SHELL],
    ['bash: istioctl: command not found', SHELL],
    ['command terminated with exit code 126', SHELL],
  ])('%s', (message, what) => {
    const shown = { what, hint: `It says “${message}”. ${AGAIN}` };
    expect(recogniseText(`${message}\n`)).toEqual(shown);
    expect(recogniseText(`Defaulted container "istio-proxy" out of: istio-proxy, app\r\n${message}\r\n`)).toEqual(
      shown,
    );
  });

  it('is told which one needs quotes', () => {
    expect(recogniseText('zsh: no matches found: localhost:15000/config_dump?include_eds\n')).toEqual({
      what: SHELL,
      hint: 'It says “zsh: no matches found: localhost:15000/config_dump?include_eds”. Put the URL in quotes.',
    });
  });

  it('shows no more of a long message than a line', () => {
    const { hint = '' } = recogniseText(`Error: ${'x'.repeat(1000)}`) ?? {};
    expect(hint.length).toBeLessThan(260);
    expect(hint).toContain('x…”.');
  });

  it.each(['errors: []\n', 'name: a\nerror_state:\n  details: none\n', 'shell: bash: x\n'])('is not %j', text => {
    expect(recogniseText(text)).toBeNull();
  });
});

describe('JSON in the colours of a terminal', () => {
  const text = '\u001b[1;39m{\n  \u001b[0m\u001b[34;1m"configs"\u001b[0m\u001b[1;39m: []\u001b[0m}\n';

  it('is text, and told', () => {
    expect(isBinary(Buffer.from(text))).toBe(false);
    expect(recogniseText(text)?.what).toBe('is JSON in the colours of a terminal');
  });
});

describe('JSON behind the meter of curl', () => {
  const meter = [
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current',
    '                                 Dload  Upload   Total   Spent    Left  Speed',
    '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0',
    '\r100  617k    0  617k    0     0  20.1M      0 --:--:-- --:--:-- --:--:-- 20.1M',
  ].join('\n');

  it('is read', async () => {
    const [document] = await decode(
      documentOf('dump.json', Buffer.from(`${meter}{"configs":[{"@type":"a.ClustersConfigDump"}]}\n`)),
    );
    expect(document?.kinds.has('cluster')).toBe(true);
    expect(document?.notes).toEqual([`${meter.length} bytes before the JSON were passed over`]);
  });
});
