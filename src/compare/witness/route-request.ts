import { parseIp } from '../../match/cidr.js';
import { splitSocket } from '../../model/address.js';
import type { View } from '../../model/view.js';
import type { TraceRequest } from '../../trace/request.js';
import { sampleOf } from './regex-sample.js';

/** The HTTP part of a request. */
export type HttpPart = Pick<TraceRequest, 'host' | 'path' | 'method' | 'headers' | 'protocol'>;

/** A host that no virtual host names, for those that take any. */
export const ANY_HOST = 'witness.example';

/** A request that reaches a virtual host, and there what the route's match asks for. */
export function requestOfRoute(virtualHost: View, route: View | null, port: number, isGateway: boolean): HttpPart {
  const match = route?.get('match');
  const headers = headersOf(match);
  const { ':method': method, ':authority': authority, ...others } = headers;
  return {
    host: authority ?? authorityOf(virtualHost, port, isGateway),
    path: pathOf(match),
    ...(method === undefined ? {} : { method }),
    ...(Object.keys(others).length === 0 ? {} : { headers: others }),
    ...(match?.has('grpc') === true ? { protocol: 'grpc' as const } : {}),
  };
}

/** The shortest name among the domains, with the port that a client would send. */
function authorityOf(virtualHost: View, port: number, isGateway: boolean): string {
  const domains = virtualHost.strings('domains');
  const names = domains.filter(
    domain => !domain.includes('*') && parseIp(domain) === null && !/^\[|^[\d.]+:\d+$/.test(domain),
  );
  const bare = names.filter(name => !/:\d+$/.test(name));
  const [name] = [...(bare.length > 0 ? bare : names)].sort((a, b) => a.length - b.length);
  const host = name ?? domains[0]?.replace(/^\*(?=[.-])/, 'witness').replace(/\*$/, 'example') ?? ANY_HOST;
  const plain = host === '' || host.includes('*') || host === 'example' ? ANY_HOST : host;
  return isGateway || port === 80 || /:\d+$/.test(plain) ? plain : `${plain}:${port}`;
}

/** The virtual host's own address among its domains, which Istio lists for services. */
export function addressAmong(virtualHost: View): string | null {
  const addresses = virtualHost.strings('domains').map(domain => splitSocket(domain).ip);
  return addresses.find(address => parseIp(address) !== null) ?? null;
}

function pathOf(match: View | undefined): string {
  const path =
    match?.string('path') ??
    match?.string('prefix') ??
    match?.string('path_separated_prefix') ??
    sampled(match?.get('safe_regex')?.string('regex') ?? match?.string('regex')) ??
    '/';
  const query = queryOf(match);
  return `${path.startsWith('/') ? path : `/${path}`}${query === '' ? '' : `?${query}`}`;
}

function queryOf(match: View | undefined): string {
  const parameters = match?.list('query_parameters') ?? [];
  return parameters.map(parameter => `${parameter.string('name') ?? ''}=${stringOf(parameter) ?? '1'}`).join('&');
}

function headersOf(match: View | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const header of match?.list('headers') ?? []) {
    const name = header.string('name');
    if (name === undefined || header.boolean('invert_match') || header.string('present_match') === 'false') continue;
    headers[name.toLowerCase()] = stringOf(header) ?? header.get('range_match')?.string('start') ?? 'witness';
  }
  return headers;
}

/** A value that a StringMatcher takes, in today's form or a header matcher's own older one. */
function stringOf(matcher: View): string | undefined {
  const string = matcher.get('string_match') ?? matcher;
  return (
    ['exact', 'prefix', 'suffix', 'contains']
      .map(kind => string.string(kind) ?? matcher.string(`${kind}_match`))
      .find(text => text !== undefined) ??
    sampled(string.get('safe_regex')?.string('regex') ?? matcher.get('safe_regex_match')?.string('regex'))
  );
}

function sampled(regex: string | undefined): string | undefined {
  return regex === undefined ? undefined : sampleOf(regex);
}
