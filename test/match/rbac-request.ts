import type { RbacInput } from '../../src/match/rbac-input.js';

/** A request in a test, in short; what is left out has the defaults below. */
export interface RbacRequest extends Partial<Omit<RbacInput, 'headers' | 'peer'>> {
  headers?: Record<string, string> | null;
  method?: string;
  /** SPIFFE id of the client certificate. */
  principal?: string;
  peer?: RbacInput['peer'];
  metadata?: Record<string, unknown>;
}

const ADDRESSES = { destinationIp: '10.244.0.12', destinationPort: 9080, sourceIp: '10.244.0.30', sourcePort: 43210 };

/** A GET over mutual TLS from pod 10.244.0.30 to port 9080, by a client that nobody named. */
export function rbacInput(request: RbacRequest): RbacInput {
  const { headers = {}, method = 'GET', principal, metadata = {}, path = '/', ...rest } = request;
  const lookup: Record<string, string> = {
    ':method': method,
    ':path': path ?? '',
    ':authority': 'reviews:9080',
    ...headers,
  };
  return {
    ...ADDRESSES,
    directRemoteIp: rest.sourceIp ?? ADDRESSES.sourceIp,
    remoteIp: rest.sourceIp ?? ADDRESSES.sourceIp,
    requestedServerName: '',
    tls: 'mtls',
    peer: principal === undefined ? undefined : { uriSans: [principal], dnsSans: [], subject: '' },
    dynamicMetadata: filter => metadata[filter],
    filterState: () => undefined,
    ...rest,
    headers: headers === null ? null : name => lookup[name.toLowerCase()],
    path: headers === null ? null : path,
  };
}
