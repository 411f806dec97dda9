import type { View } from '../model/view.js';
import { type Ip, parseIp, rangesWith, sameIp } from './cidr.js';
import { matchServerName } from './server-name.js';
import type { Criterion, Fit } from './sieve.js';
import { needsInput, type Unknown } from './ternary.js';

/** What a connection shows to filter-chain matching. Null where it is not known. */
export interface ConnectionFacts {
  readonly destinationPort: number;
  readonly destinationIp: string | null;
  /** Lower-case; null where none was seen. */
  readonly sni: string | null;
  readonly transportProtocol: string;
  /** In the client's order. */
  readonly applicationProtocols: readonly string[];
  readonly directSourceIp: string | null;
  readonly sourceIp: string | null;
  readonly sourcePort: number | null;
}

/** A filter chain and its `filter_chain_match`; an absent match sets nothing. */
export interface MatchedChain {
  readonly match: View | null;
}

/**
 * The nine criteria of FilterChainMatch in Envoy's order.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto#config-listener-v3-filterchainmatch
 */
export function chainCriteria<T extends MatchedChain>(facts: ConnectionFacts): Criterion<T>[] {
  const ips = {
    destination: address(facts.destinationIp),
    direct: address(facts.directSourceIp),
    source: address(facts.sourceIp),
  };
  return [
    {
      field: 'destination_port',
      fit: ({ match }) => single(match?.number('destination_port'), facts.destinationPort),
      reason: ({ match }) => `destination port ${facts.destinationPort} is not ${match?.number('destination_port')}`,
    },
    {
      field: 'prefix_ranges',
      fit: ({ match }) => longestPrefix(match?.list('prefix_ranges'), ips.destination, 'the destination address (ip)'),
      reason: ({ match }) => `destination ${facts.destinationIp} is not in ${ranges(match, 'prefix_ranges')}`,
    },
    {
      field: 'server_names',
      fit: ({ match }) => serverName(serverNames(match), facts.sni),
      reason: ({ match }) =>
        `SNI ${facts.sni ?? 'was not seen'} is not among ${serverNames(match).join(', ')}`.replace(
          'SNI was not seen is',
          'no SNI was seen, and the chain wants one:',
        ),
    },
    {
      field: 'transport_protocol',
      fit: ({ match }) => single(match?.string('transport_protocol') || undefined, facts.transportProtocol),
      reason: ({ match }) =>
        `transport protocol ${facts.transportProtocol} is not ${match?.string('transport_protocol')}`,
    },
    {
      field: 'application_protocols',
      fit: ({ match }) => firstProtocol(match?.strings('application_protocols') ?? [], facts.applicationProtocols),
      reason: ({ match }) =>
        `application protocols ${list(facts.applicationProtocols)} do not meet ${list(match?.strings('application_protocols') ?? [])}`,
    },
    {
      field: 'direct_source_prefix_ranges',
      fit: ({ match }) =>
        longestPrefix(
          match?.list('direct_source_prefix_ranges'),
          ips.direct,
          'the connection’s own source address (from.directIp)',
        ),
      reason: ({ match }) =>
        `direct source ${facts.directSourceIp} is not in ${ranges(match, 'direct_source_prefix_ranges')}`,
    },
    {
      field: 'source_type',
      fit: ({ match }) => sourceType(match?.raw('source_type'), facts),
      reason: ({ match }) => `source type is not ${match?.string('source_type')}`,
    },
    {
      field: 'source_prefix_ranges',
      fit: ({ match }) =>
        longestPrefix(match?.list('source_prefix_ranges'), ips.source, 'the source address (from.ip)'),
      reason: ({ match }) => `source ${facts.sourceIp} is not in ${ranges(match, 'source_prefix_ranges')}`,
    },
    {
      field: 'source_ports',
      fit: ({ match }) => sourcePort(match?.strings('source_ports') ?? [], facts.sourcePort),
      reason: ({ match }) =>
        `source port ${facts.sourcePort} is not among ${match?.strings('source_ports').join(', ')}`,
    },
  ];
}

/** v2's deprecated `sni_domains` means the same. */
function serverNames(match: View | null): string[] {
  if (match === null) return [];
  return match.has('server_names') ? match.strings('server_names') : match.strings('sni_domains');
}

function single<T>(wanted: T | undefined, actual: T): Fit {
  if (wanted === undefined) return 0;
  return wanted === actual ? 1 : null;
}

function longestPrefix(cidrs: readonly View[] | undefined, ip: Ip | null, what: string): Fit | Unknown {
  if (cidrs === undefined || cidrs.length === 0) return 0;
  if (ip === null) return needsInput(what);
  const lengths = rangesWith(cidrs, ip).map(({ prefixLength }) => prefixLength);
  return lengths.length === 0 ? null : Math.max(...lengths) + 1;
}

function serverName(names: readonly string[], sni: string | null): Fit {
  if (names.length === 0) return 0;
  const fit = sni === null ? null : matchServerName(names, sni);
  return fit === null ? null : fit + 1;
}

/** The first protocol of the client's list that a chain names decides. */
function firstProtocol(wanted: readonly string[], offered: readonly string[]): Fit {
  if (wanted.length === 0) return 0;
  const position = offered.findIndex(protocol => wanted.includes(protocol));
  return position < 0 ? null : offered.length - position;
}

/**
 * Whether Envoy takes a connection for local: it comes from 127.0.0.1 or ::1, not from the rest of 127.0.0.0/8, or from the very address
 * that it goes to (source/common/network/utility.cc, isSameIpOrLoopback).
 */
export function isLocalConnection(source: string, destination: string | null): boolean {
  return [destination ?? '', '127.0.0.1', '::1'].some(local => sameIp(source, local));
}

/** ANY (0), SAME_IP_OR_LOOPBACK (1, v2's LOCAL) and EXTERNAL (2). */
function sourceType(wanted: unknown, facts: ConnectionFacts): Fit | Unknown {
  if (wanted === undefined || wanted === 'ANY' || wanted === 0) return 0;
  if (facts.sourceIp === null) return needsInput('the source address (from.ip)');
  const isLocal = isLocalConnection(facts.sourceIp, facts.destinationIp);
  const wantsLocal = wanted === 'SAME_IP_OR_LOOPBACK' || wanted === 'LOCAL' || wanted === 1;
  return isLocal === wantsLocal ? 1 : null;
}

function sourcePort(wanted: readonly string[], port: number | null): Fit | Unknown {
  if (wanted.length === 0) return 0;
  if (port === null) return needsInput('the source port (from.port)');
  return wanted.includes(String(port)) ? 1 : null;
}

function address(ip: string | null): Ip | null {
  return ip === null ? null : parseIp(ip);
}

function ranges(match: View | null, field: string): string {
  return list(
    (match?.list(field) ?? []).map(
      range => `${range.string('address_prefix') ?? ''}/${range.number('prefix_len') ?? 0}`,
    ),
  );
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '(none)' : items.join(', ');
}
