import { oncePer } from '../model/once.js';
import { asciiLower } from './ascii.js';
import { type DomainKind, readDomain, takes } from './domain-kind.js';

interface Authority {
  /** As it is written. */
  readonly text: string;
  readonly name: string;
  /** The first three labels of the name. */
  readonly labels: readonly string[];
  /** Empty when there is none. */
  readonly port: string;
  readonly kind: DomainKind;
  /** What a host is compared with. */
  readonly fixed: string;
}

/** Says in what one way a domain just misses a host; undefined when it is no near miss. */
type NearMiss = (domain: Authority, host: Authority) => string | undefined;

const MAX_LISTED = 3;

/**
 * Explains why a virtual host's domains do not win a host, a clause without full stop: another virtual host has a closer one, or none takes
 * it. A near miss is told first: another port, a trailing dot, a wildcard without a label in its place, another namespace.
 */
export function explainDomain(domains: readonly string[], host: string): string {
  const wanted = authority(host);
  const lower = asciiLower(host);
  const own = authorities(domains).find(({ kind, fixed }) => takes(kind, fixed, lower));
  if (own?.kind === 'exact') return `an earlier virtual host has the domain ${own.text} too`;
  if (own !== undefined) return `another virtual host fits ${host} more closely than ${own.text}`;
  for (const nearMiss of NEAR_MISSES) {
    for (const domain of authorities(domains)) {
      const reason = nearMiss(domain, wanted);
      if (reason !== undefined) return `${host} is not ${domain.text}: ${reason}`;
    }
  }
  if (domains.length === 0) return 'it has no domains';
  if (domains.length <= MAX_LISTED) return `${host} is not ${domains.join(', ')}`;
  return `${host} is none of its ${domains.length} domains (${domains.slice(0, MAX_LISTED).join(', ')}, …)`;
}

const NEAR_MISSES: readonly NearMiss[] = [anotherPort, trailingDot, wildcardWithoutLabel, anotherNamespace];

function anotherPort(domain: Authority, host: Authority): string | undefined {
  if (domain.name !== host.name || domain.port === host.port) return undefined;
  return `the name is the same, the port ${portText(host)} is not ${portText(domain)}`;
}

function trailingDot(domain: Authority, host: Authority): string | undefined {
  const isSameWithDot = host.name === `${domain.name}.` || domain.name === `${host.name}.`;
  return isSameWithDot && domain.port === host.port ? 'they differ in the trailing dot' : undefined;
}

function wildcardWithoutLabel(domain: Authority, host: Authority): string | undefined {
  return domain.name === `*.${host.name}` ? 'the wildcard stands for at least one label' : undefined;
}

/** Only a Kubernetes name shows its namespace: `reviews.default.svc...`. */
function anotherNamespace(domain: Authority, host: Authority): string | undefined {
  const [service, namespace, kind] = domain.labels;
  const [hostService, hostNamespace, hostKind = 'svc'] = host.labels;
  const isSameService = kind === 'svc' && hostKind === 'svc' && service === hostService;
  if (!isSameService || hostNamespace === undefined || namespace === hostNamespace) return undefined;
  return `the namespace ${hostNamespace} is not ${namespace}`;
}

function authority(text: string): Authority {
  const [, name = '', port = ''] = /^(.*?)(?::(\d+|\*))?$/s.exec(asciiLower(text)) ?? [];
  return { text, name, labels: name.split('.', 3), port, ...readDomain(text) };
}

const authorities = oncePer((domains: readonly string[]) => domains.map(authority));

function portText({ port }: Authority): string {
  return port === '' ? '(none)' : port;
}
