import { describe, expect, it } from 'vitest';
import { runBin } from '../support/bin.js';

const MESH = ['-f', 'snapshots/bookinfo-1.1'];

describe('the fields of a request', () => {
  it('are the same on the command line as in a file', async () => {
    const request = {
      id: 'r1',
      to: 'reviews:8888',
      ip: '10.1.58.61',
      port: 8888,
      direction: 'inbound',
      protocol: 'http2',
      tls: 'mtls',
      sni: 'outbound_.8888_._.reviews.default.svc.cluster.local',
      alpn: ['istio', 'h2'],
      host: 'reviews:8888',
      path: '/reviews/0?x=1',
      method: 'PUT',
      headers: { 'end-user': 'jason', 'x-list': ['a', 'b'] },
      claims: { iss: 'me', aud: ['a', 'b'] },
      from: { ip: '10.1.0.9', directIp: '10.1.0.8', port: 4000, principal: 'spiffe://d/ns/n/sa/s', namespace: 'n' },
      random: 7,
    };
    const flags = [
      ...['--id', 'r1', '--to', 'reviews:8888', '--ip', '10.1.58.61', '--port', '8888', '--direction', 'inbound'],
      ...['--protocol', 'http2', '--tls', 'mtls', '--sni', request.sni, '--alpn', 'istio,h2', '--host', 'reviews:8888'],
      ...['--path', '/reviews/0?x=1', '--method', 'PUT', '-H', 'end-user: jason', '-H', 'x-list: a', '-H', 'x-list: b'],
      ...['--claim', 'iss=me', '--claim', 'aud=a', '--claim', 'aud=b', '--from-ip', '10.1.0.9', '--random', '7'],
      ...['--from-direct-ip', '10.1.0.8', '--from-port', '4000', '--principal', 'spiffe://d/ns/n/sa/s'],
      ...['--from-namespace', 'n'],
    ];
    const args = ['productpage', ...MESH, '-o', 'jsonl'];
    const said = await runBin([...args, ...flags]);
    const read = await runBin([...args, '--requests', '-'], { stdin: JSON.stringify(request) });
    expect(said).toEqual(read);
    const { to: _, ...resolved } = request;
    expect(JSON.parse(said.stdout).request).toMatchObject(resolved);
  });

  it('go without a name where an address and a port say it', async () => {
    const { stdout } = await runBin(['productpage', ...MESH, '--ip', '192.0.2.9', '--port', '81', '-o', 'json']);
    expect(JSON.parse(stdout).request).toMatchObject({ ip: '192.0.2.9', port: 81, host: '192.0.2.9:81' });
  });
});
