import { describe, expect, it } from 'vitest';
import { clustersTextToJson } from '../../src/decode/clusters-text.js';
import { decode } from '../../src/decode/decode.js';
import { documentOf } from '../../src/source/document.js';
import { clustersAsText } from '../support/clusters-text.js';
import { documentText } from '../support/work-folder.js';

/** What of a host's status decides. */
function facts(status: Record<string, unknown>) {
  const { address, hostname = '', weight = 1, priority = 0, locality = {}, health_status = {} } = status;
  const { eds_health_status = 'HEALTHY', ...flags } = health_status as Record<string, unknown>;
  const set = Object.entries(flags).filter(([, value]) => value === true);
  return { address, hostname, weight, priority, locality, health: [eds_health_status, ...set.map(([flag]) => flag)] };
}

function hostsOf(json: { cluster_statuses: { name: string; host_statuses?: Record<string, unknown>[] }[] }) {
  return json.cluster_statuses.map(({ name, host_statuses = [] }) => ({ name, hosts: host_statuses.map(facts) }));
}

describe('/clusters as text', () => {
  it.each([
    ['bookinfo-1.30', 'productpage'],
    ['bookinfo-1.30', 'istio-ingressgateway'],
    ['bookinfo-1.30-faulted', 'productpage'],
    ['bookinfo-1.1', 'productpage'],
  ])('says of each host of %s %s what the JSON says', (snapshot, pod) => {
    const json = JSON.parse(documentText(snapshot, pod, 'clusters'));
    const text = clustersAsText(json.cluster_statuses);
    expect(hostsOf(JSON.parse(clustersTextToJson(text).toString()))).toEqual(hostsOf(json));
  });

  it.each([
    ['10.0.0.1:80', { socket_address: { address: '10.0.0.1', port_value: 80 } }],
    ['[fd00::7]:80', { socket_address: { address: 'fd00::7', port_value: 80 } }],
    ['/var/run/app.sock', { pipe: { path: '/var/run/app.sock' } }],
    ['@/app', { pipe: { path: '@/app' } }],
    [
      'envoy://connect_originate/10.0.0.1:80',
      { envoy_internal_address: { server_listener_name: 'connect_originate', endpoint_id: '10.0.0.1:80' } },
    ],
  ])('reads the address %s', (address, expected) => {
    const text = `a|b::c::added_via_api::true\na|b::c::${address}::health_flags::healthy\n`;
    expect(JSON.parse(clustersTextToJson(text).toString())).toEqual({
      cluster_statuses: [
        {
          name: 'a|b::c',
          added_via_api: true,
          host_statuses: [{ address: expected, locality: {}, health_status: { eds_health_status: 'HEALTHY' } }],
        },
      ],
    });
  });

  it.each([
    ['/failed_active_hc/failed_outlier_check', { failed_active_health_check: true, failed_outlier_check: true }],
    ['/failed_eds_health', { eds_health_status: 'UNHEALTHY' }],
    ['/degraded_active_hc', { failed_active_degraded_check: true }],
    ['/eds_status_draining', { eds_health_status: 'DRAINING' }],
    ['/something_new', {}],
  ])('reads the health %s', (flags, expected) => {
    const json = JSON.parse(clustersTextToJson(`a::1.1.1.1:1::health_flags::${flags}\n`).toString());
    expect(json.cluster_statuses[0].host_statuses[0].health_status).toEqual({
      eds_health_status: 'HEALTHY',
      ...expected,
    });
  });

  it('is recognised by its content, and a cut is told', async () => {
    const text = 'a::default_priority::max_connections::1\na::added_via_api::true\na::1.1.1.1:1::weight::1\n';
    const [whole] = await decode(documentOf('clusters', Buffer.from(`log line\n${text}`)));
    expect(whole).toMatchObject({ form: 'clusters', broken: null });
    expect(whole?.lists.map(list => list.all().length)).toEqual([1]);
    const [cut] = await decode(documentOf('clusters', Buffer.from(text.slice(0, -3))));
    expect(cut?.broken?.message).toMatch(/may be cut off/);
  });
});
