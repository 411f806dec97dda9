import type { LogEntry, TextField } from './entry.js';

/** Puts an operator's value into an entry. */
export type Store = (entry: LogEntry, value: string) => void;

/** Envoy's command operators that say something of a request, by their names. Others are read and passed over. */
const FIELDS: Record<string, TextField> = {
  START_TIME: 'time',
  PATH: 'path',
  PROTOCOL: 'protocol',
  RESPONSE_CODE_DETAILS: 'details',
  CONNECTION_TERMINATION_DETAILS: 'termination',
  UPSTREAM_TRANSPORT_FAILURE_REASON: 'transportFailure',
  UPSTREAM_HOST: 'upstreamHost',
  UPSTREAM_REMOTE_ADDRESS: 'upstreamHost',
  UPSTREAM_CLUSTER: 'upstreamCluster',
  UPSTREAM_CLUSTER_RAW: 'upstreamCluster',
  DOWNSTREAM_LOCAL_ADDRESS: 'localAddress',
  DOWNSTREAM_REMOTE_ADDRESS: 'remoteAddress',
  DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT: 'remoteAddress',
  REQUESTED_SERVER_NAME: 'sni',
  ROUTE_NAME: 'route',
  DOWNSTREAM_PEER_URI_SAN: 'peerIdentity',
  HOSTNAME: 'pod',
};

/** Request headers that have a field of their own. */
const HEADERS: Record<string, TextField> = {
  ':method': 'method',
  ':path': 'path',
  path: 'path',
  ':authority': 'authority',
  host: 'authority',
};

/**
 * What an operator's value is kept as; null where it says nothing of the request.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/advanced/substitution_formatter
 */
export function storeOf(name: string, argument: string): Store | null {
  const field = FIELDS[name];
  if (field !== undefined) return text(field);
  switch (name) {
    case 'REQ':
    case 'REQ_WITHOUT_QUERY':
      return header(argument);
    case 'RESPONSE_CODE':
      return number('code');
    case 'DURATION':
      return number('duration');
    case 'RESPONSE_FLAGS':
    case 'RESPONSE_FLAGS_LONG':
      return (entry, value) => {
        entry.flags = value.split(',').filter(flag => flag !== '' && flag !== '-');
      };
    case 'ENVIRONMENT':
      return argument === 'POD_NAME' || argument === 'HOSTNAME' ? text('pod') : null;
    default:
      return null;
  }
}

function number(field: 'code' | 'duration'): Store {
  return (entry, value) => {
    entry[field] = /^\d+$/.test(value) ? Number(value) : null;
  };
}

function text(field: TextField): Store {
  return (entry, value) => {
    if (value !== '-' && value !== '') entry[field] ??= value;
  };
}

/** `REQ(X?Y)`: the first header that there is; the last one names what is meant. */
function header(argument: string): Store {
  const names = argument.toLowerCase().split('?');
  const field = names.map(name => HEADERS[name] ?? HEADERS[`:${name}`]).find(known => known !== undefined);
  if (field !== undefined) return text(field);
  const name = names.at(-1) ?? '';
  return (entry, value) => {
    if (value !== '-' && value !== '') entry.headers[name] = value;
  };
}
