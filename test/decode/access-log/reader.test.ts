import { describe, expect, it } from 'vitest';
import { emptyEntry } from '../../../src/decode/access-log/entry.js';
import { LogFormatError, logReader } from '../../../src/decode/access-log/reader.js';

const TAIL = '0 19 3 - "-" "curl/7.64.0" "6b1c" "reviews:8888" "-" - - 10.97.1.2:8888 10.244.1.11:33090 -';
const common = {
  time: '2024-05-01T10:00:00.123Z',
  method: 'GET',
  path: '/reviews/0?x=1',
  protocol: 'HTTP/1.1',
  duration: 3,
  authority: 'reviews:8888',
  localAddress: '10.97.1.2:8888',
  remoteAddress: '10.244.1.11:33090',
  headers: { 'user-agent': 'curl/7.64.0', 'x-request-id': '6b1c' },
};
const START = '[2024-05-01T10:00:00.123Z] "GET /reviews/0?x=1 HTTP/1.1"';

describe('the default formats', () => {
  it.each([
    [
      'Istio 1.9',
      `${START} 503 NC cluster_not_found - "-" ${TAIL} default`,
      { code: 503, flags: ['NC'], details: 'cluster_not_found', route: 'default' },
    ],
    ['Istio 1.6', `${START} 404 NR "-" ${TAIL} -`, { code: 404, flags: ['NR'] }],
    [
      'Istio 1.4',
      `${START} 503 UF,URX "-" "TLS error: 268435581" ${TAIL} default`,
      { code: 503, flags: ['UF', 'URX'], transportFailure: 'TLS error: 268435581', route: 'default' },
    ],
    ['Istio 1.1', `${START} 404 NR "-" ${TAIL}`, { code: 404, flags: ['NR'] }],
  ])('%s', (_, line, own) => {
    expect(logReader(null)(line)).toEqual({ entry: { ...emptyEntry(), ...common, ...own }, prefix: '' });
  });

  it('Envoy’s own', () => {
    const line = `${START} 404 NR 0 0 0 - "10.0.0.1" "agent "quoted"" "6b1c" "reviews:8888" "tcp://10.0.2.1:80"`;
    expect(logReader(null)(line)?.entry).toMatchObject({
      code: 404,
      flags: ['NR'],
      authority: 'reviews:8888',
      upstreamHost: 'tcp://10.0.2.1:80',
      headers: { 'user-agent': 'agent "quoted"' },
    });
  });

  it('a TCP line', () => {
    const line =
      '[2024-05-01T10:00:00.123Z] "- - -" 0 UH - - "-" 0 0 0 - "-" "-" "-" "-" "-" outbound|443||x.example - 240.240.0.1:443 10.244.1.11:40000 x.example -';
    expect(logReader(null)(line)?.entry).toEqual({
      ...emptyEntry(),
      time: '2024-05-01T10:00:00.123Z',
      code: 0,
      duration: 0,
      flags: ['UH'],
      upstreamCluster: 'outbound|443||x.example',
      localAddress: '240.240.0.1:443',
      remoteAddress: '10.244.1.11:40000',
      sni: 'x.example',
    });
  });

  it('details with spaces in their brackets, as Envoy logged them before it put underscores', () => {
    const details = 'upstream_reset_before_response_started{connection failure,TLS error: 1}';
    expect(logReader(null)(`${START} 503 UF ${details} - "-" ${TAIL} -`)?.entry.details).toBe(details);
  });

  it('JSON', () => {
    const line = JSON.stringify({
      start_time: '2024-05-01T10:00:00.123Z',
      method: 'GET',
      path: '/',
      response_code: 503,
      response_flags: 'UF,URX',
      route_name: null,
      upstream_cluster: 'outbound|8888||reviews.default.svc.cluster.local',
      duration: 5,
    });
    expect(logReader(null)(line)?.entry).toEqual({
      ...emptyEntry(),
      time: '2024-05-01T10:00:00.123Z',
      method: 'GET',
      path: '/',
      code: 503,
      duration: 5,
      flags: ['UF', 'URX'],
      upstreamCluster: 'outbound|8888||reviews.default.svc.cluster.local',
    });
  });

  it.each([
    ['[pod/productpage-v1-5/istio-proxy] '],
    ['productpage-v1-5 istio-proxy '],
    ['2024-05-01T10:00:00.123456789Z '],
    ['2024-05-01T10:00:00Z stdout F '],
  ])('behind %j', prefix => {
    const read = logReader(null);
    expect(read(`${prefix}${START} 404 NR "-" ${TAIL}`)).toMatchObject({ prefix, entry: common });
    expect(read(`${prefix}{"method":"GET","response_code":503}`)).toMatchObject({ prefix, entry: { code: 503 } });
  });

  it('go on one after another in one file', () => {
    const read = logReader(null);
    const lines = [
      `${START} 404 NR "-" ${TAIL}`,
      `${START} 503 NC cluster_not_found - "-" ${TAIL} -`,
      `${START} 404 NR "-" ${TAIL}`,
    ];
    expect(lines.map(line => read(line)?.entry.code)).toEqual([404, 503, 404]);
  });

  it.each([
    [''],
    ['2024-05-01T10:00:00.000000Z\twarning\tenvoy config\tgRPC config stream closed'],
    ['[2024-05-01 10:00:00.000][15][info][upstream] cds: add 70 cluster(s)'],
    [`${START} 404 NR`],
    ['{"level":"info","time":"2024-05-01T10:00:00Z","msg":"x"}'],
    ['{"method":"GET"'],
    ['[1] [2] [3]'],
  ])('take nothing else: %j', line => {
    expect(logReader(null)(line)).toBeNull();
  });
});

describe('a format of one’s own', () => {
  it('as text', () => {
    const read = logReader(
      '%START_TIME(%s)% %REQ(:METHOD)% "%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)%" 100%% %RESPONSE_CODE%|%RESPONSE_FLAGS_LONG%|%REQ(END-USER):20% %DOWNSTREAM_PEER_URI_SAN%\\n',
    );
    expect(read('1714557600 GET "/a b" 100% 503|NoClusterFound|jason spiffe://td/ns/a/sa/b')).toEqual({
      prefix: '',
      entry: {
        ...emptyEntry(),
        time: '1714557600',
        method: 'GET',
        path: '/a b',
        code: 503,
        flags: ['NoClusterFound'],
        headers: { 'end-user': 'jason' },
        peerIdentity: 'spiffe://td/ns/a/sa/b',
      },
    });
    expect(read('1714557600 GET "/a" 503|NC|-')).toBeNull();
  });

  it('as JSON, nested too', () => {
    const read = logReader(
      '{"req":{"m":"%REQ(:METHOD)%","h":"%REQ(X-CANARY)%"},"status":"%RESPONSE_CODE%","fixed":"x"}',
    );
    expect(read('{"req":{"m":"GET","h":"yes"},"status":404,"fixed":"x"}')?.entry).toEqual({
      ...emptyEntry(),
      method: 'GET',
      code: 404,
      headers: { 'x-canary': 'yes' },
    });
  });

  it.each([
    ['no operators', 'the format has no command operator'],
    ['{"a": ', 'the JSON format cannot be read'],
  ])('%s is none', (format, message) => {
    expect(() => logReader(format)).toThrow(LogFormatError);
    expect(() => logReader(format)).toThrow(message);
  });
});

it('reads in time that grows with the line only', () => {
  const line = `[x] "${'a '.repeat(200_000)}`;
  const begin = performance.now();
  expect(logReader(null)(line)).toBeNull();
  expect(performance.now() - begin).toBeLessThan(1000);
});
