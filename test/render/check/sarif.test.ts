import { describe, expect, it } from 'vitest';
import type { CheckedFinding, CheckResult } from '../../../src/findings/check-result.js';
import { checkSarif } from '../../../src/render/check/sarif.js';

interface Sarif {
  readonly runs: readonly [{ readonly results: readonly [{ readonly locations: readonly unknown[] }] }];
}

function locationsOf(document: string) {
  const finding: CheckedFinding = {
    code: 'no-endpoints',
    severity: 'error',
    title: 'A service has no endpoints',
    proxy: 'cart-1.shop',
    resource: { kind: 'Service', namespace: 'shop', name: 'cart' },
    pointer: '/configs/1',
    why: 'Why.',
    remedy: 'What to do.',
    evidence: [{ document, pointer: '/configs/1', kind: 'cluster', name: 'outbound|80||cart.shop' }],
  };
  const result: CheckResult = { schemaVersion: 1, proxies: ['cart-1.shop'], findings: [finding] };
  return (checkSarif(result, '1.0.0') as Sarif).runs[0].results[0].locations;
}

/** SARIF 2.1.0, 3.4.3: a URI reference (RFC 3986), in which a path has no query. */
describe('the place of a finding', () => {
  it.each([
    ['snapshots/mesh/cart-1/config_dump.json', 'snapshots/mesh/cart-1/config_dump.json'],
    [
      'report.tgz!/proxies/shop/cart-1/config_dump?include_eds',
      'report.tgz!/proxies/shop/cart-1/config_dump%3Finclude_eds',
    ],
    ['my dump#2', 'my%20dump%232'],
    ['c:dump.json', 'c%3Adump.json'],
  ])('in %s is the URI %s', (document, uri) => {
    expect(locationsOf(document)).toMatchObject([{ physicalLocation: { artifactLocation: { uri } } }]);
    expect(new URL(uri, 'file:///repository/').search).toBe('');
  });
});
