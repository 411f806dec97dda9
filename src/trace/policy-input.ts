import type { PeerCertificate, RbacInput } from '../match/rbac-input.js';
import type { Unknown } from '../match/ternary.js';
import { clientTls } from './client-tls.js';
import { filterStateOf } from './filter-state.js';
import { headerLookup } from './headers.js';
import { remoteAddress } from './remote-address.js';
import type { Tracing } from './tracing.js';

/** Dynamic metadata that earlier filters wrote, and what of it is not known. */
export interface PolicyMetadata {
  readonly metadata: ReadonlyMap<string, unknown>;
  readonly unknown: ReadonlyMap<string, Unknown>;
}

const NO_METADATA: PolicyMetadata = { metadata: new Map(), unknown: new Map() };

/** What RBAC rules look at, for a network filter (`http` false) or an HTTP filter. */
export function rbacInput(
  trace: Tracing,
  http: boolean,
  { metadata, unknown }: PolicyMetadata = NO_METADATA,
): RbacInput {
  const { request, connection } = trace;
  const sourceIp = request.from.ip;
  const directIp = request.from.directIp ?? sourceIp;
  const peer = peerOf(trace);
  return {
    destinationIp: request.ip ?? undefined,
    destinationPort: request.port,
    sourceIp: http ? directIp : sourceIp,
    sourcePort: request.from.port,
    directRemoteIp: directIp,
    remoteIp: http ? remoteAddress(trace) : sourceIp,
    requestedServerName: connection.sni ?? '',
    tls: clientTls(trace),
    peer,
    sourceNamespace: request.from.namespace,
    headers: http ? headerLookup(trace) : null,
    headerValues: name => valuesAsSent(trace, name),
    path: http ? (trace.http?.path ?? request.path) : null,
    dynamicMetadata: filter => metadata.get(filter),
    unknownMetadata: (filter, key) => unknown.get(`${filter}/${key}`) ?? unknown.get(`${filter}/*`),
    routeMetadata: filter => trace.route?.path('metadata', 'filter_metadata')?.raw(filter),
    filterState: key => filterStateOf(trace, key),
  };
}

/** A header's values one by one, while nothing has changed what the client sent. */
function valuesAsSent({ request, http }: Tracing, name: string): readonly string[] {
  const values = request.headers.get(name) ?? [];
  return http === null || http.headers.get(name) === values.join(name === 'cookie' ? '; ' : ',') ? values : [];
}

/** The client's certificate: none without mutual TLS that ends here, unknown where nobody gave the principal. */
function peerOf(trace: Tracing): PeerCertificate | 'none' | undefined {
  if (clientTls(trace) !== 'mtls') return 'none';
  const { principal } = trace.request.from;
  return principal === undefined ? undefined : { uriSans: [principal], dnsSans: [], subject: '' };
}
