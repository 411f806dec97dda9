import type { StatusDiff } from '../../decode/unified-diff/status-diff.js';
import { clusterParts } from '../../model/services.js';
import { isJsonObject, type JsonObject } from '../canonical/json.js';
import type { Effect } from '../drift/difference.js';
import { NO_DNS } from '../effects/sentence.js';
import type { Recovered } from './recovered.js';

/** What a difference does to traffic, as far as the text alone lets it be told: there is no configuration to trace through. */
export interface TextEffect {
  readonly effects: readonly Effect[];
  readonly effect: string;
}

const MORE = 'Give Envoy’s dump as well (-f) to have the requests traced.';

/** `all` is what else the text shows: a cluster may be missing together with the listener that leads to it. */
export function effectInText(found: Recovered, all: readonly Recovered[], { controlPlane }: StatusDiff): TextEffect {
  if (found.rejection !== null)
    return { effects: [], effect: 'No effect now: Envoy goes on with the one that serves.' };
  const told =
    found.change === 'only-left'
      ? missing(found, all, controlPlane)
      : found.change === 'changed'
        ? changed(found)
        : null;
  return told ?? { effects: [], effect: `Not traced: the text holds no configuration. ${MORE}` };
}

function missing(
  { kind, name, message }: Recovered,
  all: readonly Recovered[],
  controlPlane: string,
): TextEffect | null {
  if (kind === 'listener') return missingListener(message);
  if (kind === 'route') return missingTable(name);
  const listener = all.find(other => other.kind === 'listener' && isOnlyWay(other, name));
  return listener === undefined
    ? missingCluster(name, controlPlane)
    : {
        effects: [],
        effect: `Its listener ${listener.name} is missing too: what becomes of the requests is told there. ${MORE}`,
      };
}

/** Whether a missing TCP listener leads to a cluster. */
function isOnlyWay({ change, message }: Recovered, cluster: string | null): boolean {
  return change === 'only-left' && cluster !== null && message !== null && targetOf(message) === cluster;
}

/** Envoy before 1.18, which is what Pilot's time had, logs NR where it logs NC today. */
function missingCluster(name: string | null, controlPlane: string): TextEffect | null {
  const parts = clusterParts(name ?? '');
  if (name === null || parts === null) return null;
  const isDns = parts.port === 53;
  const request = { protocol: isDns ? 'tcp' : 'http', ...destination(parts.host, parts.port, isDns) };
  const flag = controlPlane === 'Pilot' ? 'NR' : 'NC';
  const right = isDns ? 'closed (no_cluster)' : `responded 503 ${flag} (no_cluster), or closed where it is TCP`;
  const left = `forwarded to ${name}${parts.subset === '' ? '' : ', where a route chooses this subset'}`;
  const effects: Effect[] = [{ request, left, right, weight: 2 }];
  const dns = isDns ? ` ${NO_DNS}` : '';
  return { effects, effect: `Whatever route or listener leads to the cluster finds none.${dns} ${MORE}` };
}

/** Without its listener a destination falls to the one that takes all others. */
function missingListener(message: JsonObject | null): TextEffect | null {
  const socket = socketOf(message);
  if (socket === null) return null;
  const cluster = targetOf(message);
  const request = {
    protocol: cluster === null ? 'http' : 'tcp',
    ...destination(socket.address, socket.port, cluster !== null),
  };
  const left = cluster === null ? 'taken by its listener' : `forwarded to ${cluster}`;
  const right = 'left to the catch-all listener: passed through, or black-holed under REGISTRY_ONLY';
  return {
    effects: [{ request, left, right, weight: 1 }],
    effect: `The destination is taken for one that the mesh does not know. ${MORE}`,
  };
}

function missingTable(name: string | null): TextEffect | null {
  if (name === null) return null;
  return {
    effects: [],
    effect: `A listener that asks for route table ${name} answers 404 NR to every request, or is still warming and does not serve. ${MORE}`,
  };
}

function changed({ paths }: Recovered): TextEffect | null {
  const weights = paths.flatMap(({ at, left, right }) => {
    const cluster = /\[([^\]]+)\]\.weight$/.exec(at)?.[1];
    return cluster === undefined ? [] : [{ cluster, left, right }];
  });
  const parts = clusterParts(weights[0]?.cluster ?? '');
  if (parts === null) return null;
  const side = (which: 'left' | 'right') =>
    `forwarded by weight ${weights.map(weight => `${String(weight[which] ?? 0)} to ${weight.cluster}`).join(', ')}`;
  const request = { protocol: 'http', ...destination(parts.host, parts.port, false) };
  return {
    effects: [{ request, left: side('left'), right: side('right'), weight: 1 }],
    effect: `The traffic is split otherwise. ${MORE}`,
  };
}

/** The fields that a request line shows. */
function destination(host: string, port: number, isTcp: boolean): Record<string, unknown> {
  const to = `${host}:${port}`;
  const common = { to, direction: 'outbound', tls: 'plaintext', sni: null, port };
  return isTcp ? { ...common, ip: host } : { ...common, ip: null, host: to, path: '/', method: 'GET', headers: {} };
}

function socketOf(message: JsonObject | null): { address: string; port: number } | null {
  const address = message?.address;
  const socket = isJsonObject(address) ? address.socket_address : undefined;
  if (!isJsonObject(socket)) return null;
  return { address: String(socket.address ?? ''), port: Number(socket.port_value ?? 0) };
}

/** Where a TCP listener leads to. */
function targetOf(message: JsonObject | null): string | null {
  return /"cluster":"([^"]+)"/.exec(JSON.stringify(message))?.[1] ?? null;
}
