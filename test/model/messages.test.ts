import { describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import { extensionOf } from '../../src/model/extension.js';
import type { ProxyConfig } from '../../src/model/proxy.js';
import { snapshotOf } from '../../src/model/snapshot.js';
import { documentOf } from '../../src/source/document.js';

const socket = { name: 'tls', typed_config: { '@type': 'x.transport_sockets.tls.v3.UpstreamTlsContext' } };
const a = { name: 'a', transport_socket: socket };
const b = { name: 'b', transport_socket: socket };

/** A proxy’s dump with some clusters. */
function dump(pod: string, clusters: readonly object[]): string {
  return JSON.stringify({
    configs: [
      { '@type': 'BootstrapConfigDump', bootstrap: { node: { id: `sidecar~10.0.0.1~${pod}.default~x` } } },
      { '@type': 'ClustersConfigDump', dynamic_active_clusters: clusters.map(cluster => ({ cluster })) },
    ],
  });
}

async function proxiesOf(...dumps: string[]): Promise<readonly ProxyConfig[]> {
  const documents = dumps.map((text, index) => documentOf(`${index}/config_dump.json`, Buffer.from(text)));
  return snapshotOf((await Promise.all(documents.map(document => decode(document)))).flat()).proxies;
}

describe('messages of several proxies', () => {
  it.each<[what: string, second: object[], isOne: boolean]>([
    ['are one object where text and place are the same', [a, b], true],
    ['are two where the text differs', [{ ...a, type: 'EDS' }, b], false],
    ['are two where the place differs', [b, a], false],
  ])('%s', async (_, second, isOne) => {
    const [one, two] = await proxiesOf(dump('one', [a, b]), dump('two', second));
    const [left, right] = [one?.find('cluster', 'a'), two?.find('cluster', 'a')];
    expect(left?.view.value).toEqual(a);
    expect(left?.view.value === right?.view.value).toBe(isOne);
    expect(right?.document).toBe('1/config_dump.json');
  });

  it('tell their own place, though a part of them was seen before at another one', async () => {
    const [one, two] = await proxiesOf(dump('one', [a, b]), dump('two', [b, a]));
    const places = [one, two].map(proxy => {
      const found = proxy?.find('cluster', 'b')?.view.get('transport_socket');
      return found === undefined ? null : extensionOf(found).config.pointer;
    });
    expect(places).toEqual([
      '/configs/1/dynamic_active_clusters/1/cluster/transport_socket/typed_config',
      '/configs/1/dynamic_active_clusters/0/cluster/transport_socket/typed_config',
    ]);
  });

  it('are read anew where more differ at one place than are remembered', async () => {
    const others = Array.from({ length: 20 }, (_, index) => dump(`p${index}`, [{ ...a, alt_stat_name: `${index}` }]));
    const proxies = await proxiesOf(...others, dump('last', [a]), dump('very-last', [a]));
    expect(proxies.map(proxy => proxy.all('cluster')[0]?.view.string('name'))).toEqual(Array(22).fill('a'));
  });
});
