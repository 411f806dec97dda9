import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const BOOKINFO = new URL('../../snapshots/bookinfo-1.30/', import.meta.url);
const PROXY = new URL('productpage-v1-6d8bc58dd7-hjw6r/', BOOKINFO);
/** The service whose cluster, endpoints and virtual host the others are copies of. */
const TEMPLATE = 'ledger.secure.svc.cluster.local';
const PORT = 8888;
/** Services stand on so many ports, each with a listener and a route table of its own. */
const PORTS = 5;

/** The host of a service of a scaled dump. */
export const hostOf = index => `svc-${String(index).padStart(5, '0')}.bench.svc.cluster.local`;
export const portOf = index => PORT + (index % PORTS);

/** The same numbers for the same seed (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const readDocument = name => JSON.parse(gunzipSync(readFileSync(new URL(name, PROXY))).toString());
const ofTemplate = item => JSON.stringify(item).includes(`|${PORT}||${TEMPLATE}"`);

/** A message of the template's with another service in its place. */
function copyFor(message, index) {
  const text = JSON.stringify(message).replaceAll(TEMPLATE, hostOf(index));
  return JSON.parse(text.replaceAll(`|${PORT}|`, `|${portOf(index)}|`).replaceAll(`:${PORT}`, `:${portOf(index)}`));
}

/** Each with domains of its own, as Envoy refuses a table in which two hosts have the same. */
function virtualHostFor(template, index) {
  const [name, namespace] = hostOf(index).split('.');
  const ip = `10.97.${index >> 8}.${index & 255}`;
  const domains = [hostOf(index), `${name}.${namespace}.svc`, `${name}.${namespace}`, ip];
  return { ...copyFor(template, index), domains };
}

function withEndpoints(assignment, next) {
  const [group] = assignment.endpoint_config.endpoints;
  const [endpoint] = group.lb_endpoints;
  const byte = () => Math.floor(next() * 250);
  group.lb_endpoints = Array.from({ length: 2 + Math.floor(next() * 14) }, () => {
    const copy = structuredClone(endpoint);
    copy.endpoint.address.socket_address.address = `10.${byte()}.${byte()}.${byte()}`;
    return copy;
  });
  return assignment;
}

function onPort(message, offset) {
  return JSON.parse(JSON.stringify(message).replaceAll(String(PORT), String(PORT + offset)));
}

/** The lists of a scaled dump that are longer than those of the real one, by section and key. */
function longLists(dump, services, seed) {
  const lists = Object.fromEntries(dump.configs.map(section => [section['@type'].split('.').at(-1), section]));
  const cluster = lists.ClustersConfigDump.dynamic_active_clusters.find(ofTemplate);
  const assignment = lists.EndpointsConfigDump.dynamic_endpoint_configs.find(ofTemplate);
  const routes = lists.RoutesConfigDump.dynamic_route_configs;
  const table = routes.find(item => item.route_config.name === String(PORT));
  const virtualHost = table.route_config.virtual_hosts.find(host => host.name.startsWith(TEMPLATE));
  const listener = lists.ListenersConfigDump.dynamic_listeners.find(item => item.name === `0.0.0.0_${PORT}`);
  const next = random(seed);
  const all = Array.from({ length: services }, (_, index) => index);
  const extraPorts = Array.from({ length: PORTS - 1 }, (_, index) => index + 1);
  const tableOn = offset => {
    const copy = structuredClone(table);
    copy.route_config.name = String(PORT + offset);
    const own = all.filter(index => portOf(index) === PORT + offset).map(index => virtualHostFor(virtualHost, index));
    copy.route_config.virtual_hosts = [...own, ...table.route_config.virtual_hosts];
    return copy;
  };
  return {
    dynamic_active_clusters: function* () {
      for (const index of all) yield copyFor(cluster, index);
    },
    dynamic_endpoint_configs: function* () {
      for (const index of all) yield withEndpoints(copyFor(assignment, index), next);
    },
    dynamic_listeners: function* () {
      for (const offset of extraPorts) yield onPort(listener, offset);
    },
    dynamic_route_configs: function* () {
      for (const offset of [0, ...extraPorts]) yield tableOn(offset);
    },
  };
}

/** Writes what a generator of text yields. */
function writePieces(path, pieces) {
  const file = openSync(path, 'w');
  for (const piece of pieces) writeSync(file, piece);
  closeSync(file);
}

/** JSON as Envoy prints it, one space a level, or minified. */
function* printed(dump, long, indent) {
  const at = depth => (indent === '' ? '' : `\n${indent.repeat(depth)}`);
  const text = (value, depth) => JSON.stringify(value, null, indent).replaceAll('\n', `\n${indent.repeat(depth)}`);
  yield `{${at(1)}"configs":${indent}[`;
  for (const [position, section] of dump.configs.entries()) {
    yield `${position === 0 ? '' : ','}${at(2)}{`;
    let before = '';
    for (const [key, value] of Object.entries(section)) {
      yield `${before}${at(3)}${JSON.stringify(key)}:${indent}`;
      before = ',';
      if (!Array.isArray(value)) yield text(value, 3);
      else yield* items([...(key === 'dynamic_route_configs' ? value.filter(isOther) : value)], long[key]?.() ?? []);
    }
    yield `${at(2)}}`;
  }
  yield `${at(1)}]${at(0)}}${indent === '' ? '' : '\n'}`;

  function* items(own, more) {
    yield '[';
    let comma = '';
    for (const list of [own, more]) {
      for (const item of list) {
        yield `${comma}${at(4)}${text(item, 4)}`;
        comma = ',';
      }
    }
    yield `${at(3)}]`;
  }
}

const isOther = item => item.route_config.name !== String(PORT);

/**
 * Writes a config dump with many services, made from a real one of the snapshots: one more cluster, load assignment (2 to 15 endpoints)
 * and virtual host for each, on five ports. The same seed gives the same bytes.
 */
export function writeScaledDump(path, services, { seed = 1, minified = false } = {}) {
  const dump = readDocument('config_dump.json.gz');
  writePieces(path, printed(dump, longLists(dump, services, seed), minified ? '' : ' '));
}

/** Writes `/clusters?format=json` for as many services. */
export function writeScaledClusters(path, services) {
  const [template] = readDocument('clusters.json.gz').cluster_statuses.filter(({ name }) =>
    name.endsWith(`|${PORT}||${TEMPLATE}`),
  );
  function* pieces() {
    yield '{\n "cluster_statuses": [';
    for (let index = 0; index < services; index++) {
      const copy = copyFor(template, index);
      copy.host_statuses = Array.from({ length: 8 }, () => copy.host_statuses[0]);
      yield `${index === 0 ? '' : ','}\n  ${JSON.stringify(copy, null, 1).replaceAll('\n', '\n  ')}`;
    }
    yield '\n ]\n}\n';
  }
  writePieces(path, pieces());
}

/** Writes copies of every Bookinfo proxy, each a pod of its own, unpacked. Returns how many proxies there are then. */
export function writeCopies(folder, copies) {
  const pods = readdirSync(BOOKINFO, { withFileTypes: true }).filter(entry => entry.isDirectory());
  for (const { name: pod } of pods) {
    for (const file of ['config_dump', 'clusters']) {
      const text = gunzipSync(readFileSync(new URL(`${pod}/${file}.json.gz`, BOOKINFO))).toString();
      for (let copy = 0; copy < copies; copy++) {
        const path = join(folder, `${pod}-${copy}`);
        mkdirSync(path, { recursive: true });
        writeFileSync(join(path, `${file}.json`), text.replaceAll(`~${pod}.`, `~${pod}-${copy}.`));
      }
    }
  }
  return pods.length * copies;
}
