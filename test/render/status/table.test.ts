import { describe, expect, it } from 'vitest';
import { explainStatus } from '../../../src/compare/sync-state.js';
import { parseProxyStatus } from '../../../src/decode/proxy-status/parse.js';
import { coloured, plain } from '../../../src/render/paint.js';
import { renderStatusTable } from '../../../src/render/status/table.js';
import { fixture, fixtureNames } from '../../decode/proxy-status/fixtures.js';
import { commandsIn, tooLong } from '../../support/too-long.js';

function render(text: string, width: number, expected: string[] = []): string {
  return renderStatusTable(explainStatus(parseProxyStatus(text), { expected }), { width, paint: plain });
}

const FILES = [
  ...fixtureNames('istio-1.1').map(folder => `istio-1.1/${folder}/stdout.txt`),
  ...fixtureNames('istio-1.30').map(name => `istio-1.30/${name}`),
  ...fixtureNames('between').map(name => `between/${name}`),
];

describe('renderStatusTable', () => {
  it.each([
    ['istio-1.1/table-two-pilots/stdout.txt', 80],
    ['istio-1.1/table-two-pilots/stdout.txt', 140],
    ['istio-1.1/table-timed-nonces/stdout.txt', 140],
    ['istio-1.30/list.table.txt', 80],
    ['istio-1.30/list.v1.txt', 110],
    ['between/1.20.txt', 80],
    ['between/1.26.txt', 80],
    ['between/1.26.txt', 60],
  ])('%s in %i columns', (file, width) => {
    expect(render(fixture(file), width, ['mysql-v1.default'])).toMatchSnapshot();
  });

  it.each(FILES.flatMap(file => [60, 80, 100, 140, 200].map(width => [file, width] as const)))(
    '%s keeps to %i columns',
    (file, width) => {
      expect(tooLong(render(fixture(file), width, ['mysql-v1.default']), width)).toEqual([]);
    },
  );

  it('breaks commands so that they can be copied', () => {
    const report = explainStatus(parseProxyStatus(fixture('between/1.26.txt')));
    const commands = report.proxies.flatMap(({ notes }) => notes.flatMap(note => note.commands));
    expect(commandsIn(renderStatusTable(report, { width: 60, paint: plain }))).toEqual(commands);
    expect(commands.length).toBeGreaterThan(0);
  });

  it('says that all is well', () => {
    const lines = render(fixture('istio-1.30/list.json.txt'), 80).trimEnd().split('\n');
    expect(lines[0]).toBe('7 proxies: 7 without problems; all with cluster Kubernetes, version 1.30.3.');
    expect(lines.at(-1)).toBe('Nothing to mend: every state is SYNCED.');
  });

  it('of no proxies is no table', () => {
    expect(render('NAME     CDS     ISTIOD\n', 80)).toMatch(/^0 proxies\.\n\nerror {4}no proxies\n/);
  });

  it('of a missing proxy alone names it', () => {
    expect(render('NAME     CDS     ISTIOD\n', 80, ['cart.shop'])).toMatch(/^NAME\ncart\.shop {2}not listed$/m);
  });

  it('colours words and leaves the spaces alone', () => {
    const report = explainStatus(parseProxyStatus(fixture('between/1.20.txt')), { expected: ['mysql-v1.default'] });
    const text = renderStatusTable(report, { width: 140, paint: coloured });

    expect(text).toContain('\u001b[31mERROR\u001b[0m ');
    expect(text).toContain('\u001b[33mSTALE\u001b[0m ');
    expect(text).toContain('\u001b[32mSYNCED\u001b[0m ');
    expect(text).toContain('\u001b[31mnot listed\u001b[0m');
    expect(text.replaceAll(/\u001b\[\d+m/g, '')).toBe(renderStatusTable(report, { width: 140, paint: plain }));
  });

  it('prints no control characters of the listing', () => {
    const resources = {
      'type.googleapis.com/envoy.config.route.v3.RouteConfiguration': { sent: 'a', lastError: 'bad\u001b[2J\u0007' },
    };
    const text = render(
      JSON.stringify([{ proxy: 'a\u001b]0;x\u0007.b', istio_version: '1.30.3\u009b', resources }]),
      80,
      ['c\u0008.d'],
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});
