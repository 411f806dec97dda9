import { asciiLower } from './ascii.js';
import { type DomainKind, readDomain, takes } from './domain-kind.js';

export { explainDomain } from './domain-explanation.js';

export interface DomainMatch {
  /** Position of the virtual host. */
  readonly index: number;
  /** The domain as it is written there. */
  readonly domain: string;
  readonly kind: DomainKind;
}

/** After so many searches an index pays. */
const FEW = 4;

type Wildcards = Map<number, Map<string, DomainMatch>>;

/**
 * Finds the virtual host of an authority as Envoy does: the exact domain, else the longest suffix wildcard, else the longest prefix
 * wildcard, else `*`; case does not count, and a wildcard stands for at least one character.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-virtualhost
 */
export class DomainIndex {
  readonly #virtualHosts: readonly { readonly domains: readonly string[] }[];
  readonly #found = new Map<string, DomainMatch | null>();
  #index: Index | null = null;

  /** Takes the virtual hosts of one route table in order. Of a domain that several have, which Envoy refuses, the first counts. */
  constructor(virtualHosts: readonly { readonly domains: readonly string[] }[]) {
    this.#virtualHosts = virtualHosts;
  }

  /** The virtual host that takes a host, with its port where it has one; null when none does. */
  find(host: string): DomainMatch | null {
    const lower = asciiLower(host);
    let found = this.#found.get(lower);
    if (found === undefined) {
      if (this.#found.size === FEW) this.#index ??= new Index(this.#virtualHosts);
      found = this.#index === null ? searched(this.#virtualHosts, lower) : this.#index.find(lower);
      if (this.#found.size < FEW) this.#found.set(lower, found);
    }
    return found;
  }

  /** Domains that stand more than once in the table, in lower case, with the positions of their virtual hosts: Envoy refuses such a table. */
  duplicates(): { domain: string; indexes: number[] }[] {
    this.#index ??= new Index(this.#virtualHosts);
    return [...this.#index.owners]
      .filter(([, indexes]) => indexes.length > 1)
      .map(([domain, indexes]) => ({ domain, indexes }));
  }
}

/** For one request a look at every domain costs less than an index of them. */
function searched(virtualHosts: readonly { readonly domains: readonly string[] }[], host: string): DomainMatch | null {
  let best: DomainMatch | null = null;
  for (const [index, { domains }] of virtualHosts.entries()) {
    for (const domain of domains) {
      if (!mayMatch(domain, host)) continue;
      const { kind, fixed } = readDomain(domain);
      if (takes(kind, fixed, host) && isCloser(kind, domain, best)) best = { index, domain, kind };
    }
  }
  return best;
}

/** What can be told without a copy in lower case. */
function mayMatch(domain: string, host: string): boolean {
  return domain.length === host.length || domain.startsWith('*') || domain.endsWith('*');
}

const CLOSEST: readonly DomainKind[] = ['exact', 'suffix', 'prefix', 'any'];

function isCloser(kind: DomainKind, domain: string, than: DomainMatch | null): boolean {
  if (than === null) return true;
  if (kind !== than.kind) return CLOSEST.indexOf(kind) < CLOSEST.indexOf(than.kind);
  return domain.length > than.domain.length;
}

/** All domains by what they match. */
class Index {
  /** Positions of the virtual hosts that have a domain, in lower case. */
  readonly owners = new Map<string, number[]>();
  readonly #exact = new Map<string, DomainMatch>();
  readonly #suffixes: Wildcards = new Map();
  readonly #prefixes: Wildcards = new Map();
  readonly #suffixLengths: readonly number[];
  readonly #prefixLengths: readonly number[];
  #any: DomainMatch | null = null;

  constructor(virtualHosts: readonly { readonly domains: readonly string[] }[]) {
    for (const [index, { domains }] of virtualHosts.entries()) {
      for (const domain of domains) this.#add(index, domain);
    }
    this.#suffixLengths = longestFirst(this.#suffixes);
    this.#prefixLengths = longestFirst(this.#prefixes);
  }

  find(host: string): DomainMatch | null {
    return (
      this.#exact.get(host) ??
      longest(this.#suffixes, this.#suffixLengths, host.length, length => host.slice(host.length - length)) ??
      longest(this.#prefixes, this.#prefixLengths, host.length, length => host.slice(0, length)) ??
      this.#any
    );
  }

  #add(index: number, domain: string): void {
    const lower = asciiLower(domain);
    const owners = this.owners.get(lower);
    if (owners !== undefined) {
      owners.push(index);
      return;
    }
    this.owners.set(lower, [index]);
    const { kind, fixed } = readDomain(lower);
    const match = { index, domain, kind };
    if (kind === 'any') this.#any = match;
    else if (kind === 'exact') this.#exact.set(fixed, match);
    else addWildcard(kind === 'suffix' ? this.#suffixes : this.#prefixes, fixed, match);
  }
}

function addWildcard(wildcards: Wildcards, fixed: string, match: DomainMatch): void {
  const sameLength = wildcards.get(fixed.length);
  if (sameLength === undefined) wildcards.set(fixed.length, new Map([[fixed, match]]));
  else sameLength.set(fixed, match);
}

function longestFirst(wildcards: Wildcards): number[] {
  return [...wildcards.keys()].sort((a, b) => b - a);
}

function longest(
  wildcards: Wildcards,
  lengths: readonly number[],
  hostLength: number,
  part: (length: number) => string,
): DomainMatch | undefined {
  for (const length of lengths) {
    const match = length < hostLength ? wildcards.get(length)?.get(part(length)) : undefined;
    if (match !== undefined) return match;
  }
  return undefined;
}
