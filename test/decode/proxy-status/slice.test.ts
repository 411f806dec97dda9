import { describe, expect, it } from 'vitest';
import { parseProxyStatus } from '../../../src/decode/proxy-status/parse.js';
import { sliceProxyStatus } from '../../../src/decode/proxy-status/slice.js';
import { fixture, fixtureNames, rows } from './fixtures.js';

const LISTINGS = [
  ...fixtureNames('istio-1.1').map(folder => `istio-1.1/${folder}/stdout.txt`),
  ...fixtureNames('between').map(name => `between/${name}`),
  ...['list.default-ns.txt', 'list.json.txt', 'list.table.txt', 'list.v1.txt'].map(name => `istio-1.30/${name}`),
];

describe('the part of a listing that is about one proxy', () => {
  it.each(LISTINGS)('says of each proxy what %s says', file => {
    const text = fixture(file);
    const whole = parseProxyStatus(text);
    for (const { name } of whole.proxies) {
      const slice = sliceProxyStatus(text, name);
      expect(slice?.layout).toBe(file.endsWith('list.json.txt') ? 'json' : 'table');
      const own = rows(parseProxyStatus(slice?.text ?? ''));
      expect(own).toEqual(rows(whole).filter(row => row.startsWith(`${name} | `)));
    }
  });

  it.each(LISTINGS)('is null for a proxy that %s does not list', file => {
    expect(sliceProxyStatus(fixture(file), 'nobody-1.default')).toBeNull();
  });

  it('keeps what each istiod says', () => {
    const text = fixture('istio-1.30/list.json.txt');
    const [first] = parseProxyStatus(text).proxies;
    const slice = sliceProxyStatus(`${text}\n${text}`, first?.name ?? '');
    expect(slice?.text.match(/"controlPlane"/g)).toHaveLength(2);
  });

  it('is found by the name in Envoy’s own node id too', () => {
    const resource = { node: { id: 'sidecar~10.0.0.1~web-1.shop~shop.svc.cluster.local' } };
    expect(sliceProxyStatus(JSON.stringify({ resources: [resource, null, {}] }), 'web-1.shop')?.layout).toBe('json');
  });

  it.each([['', '{}', '[1]', 'not JSON at all', '{"resources": null}']])('is null in %j', text => {
    expect(sliceProxyStatus(text, 'web-1.shop')).toBeNull();
  });
});
