import { withoutSecretText } from '../../model/redact/secret-text.js';
import type { TraceResult, WeightedCluster } from '../../trace/result.js';

/** How a request ends, for comparing and for people. */
export interface Ending {
  /** `forwarded to …`, `responded 503 NC`, `closed (no_filter_chain)`. */
  readonly text: string;
  readonly isFailure: boolean;
  /** What more of the way may differ though the end is the same, by what it is called. */
  readonly details: Readonly<Record<string, string>>;
  /** Null where the evidence does not hold the endpoints. */
  readonly endpoints: string | null;
}

/** The end of a traced request. Where only the endpoints are not in the evidence, the request counts as forwarded to its cluster. */
export function endingOf(result: TraceResult): Ending {
  const withoutEndpoints = lacksEndpoints(result);
  const isForwarded = /^(forwarded|mixed)$/.test(result.outcome) || withoutEndpoints;
  return {
    text: withoutEndpoints ? forwarded(result) : textOf(result),
    isFailure: !withoutEndpoints && isFailure(result),
    details: isForwarded ? detailsOf(result) : {},
    endpoints: withoutEndpoints || !isForwarded ? null : endpointsOf(result),
  };
}

/** Whether two endings are the same, and otherwise how each is told: with what differs beside the end, where the ends read alike. */
export function tellApart(left: Ending, right: Ending): { left: string; right: string } | null {
  if (left.text !== right.text) return { left: left.text, right: right.text };
  const names = Object.keys(left.details).filter(name => left.details[name] !== right.details[name]);
  const more = (ending: Ending) => names.map(name => `${name} ${ending.details[name] || 'nothing'}`);
  const hasOthers = left.endpoints !== null && right.endpoints !== null && left.endpoints !== right.endpoints;
  if (names.length === 0 && !hasOthers) return null;
  const tell = (ending: Ending) =>
    [ending.text, ...more(ending), ...(hasOthers ? [`endpoints ${ending.endpoints || 'none'}`] : [])].join(', ');
  return { left: tell(left), right: tell(right) };
}

function detailsOf({ rewrite, timeout, retries, mirrors }: TraceResult): Record<string, string> {
  return {
    'path becomes': withoutSecretText(rewrite.path ?? ''),
    'host becomes': rewrite.host ?? '',
    timeout: timeout ?? '',
    retries: Object.keys(retries).length === 0 ? '' : JSON.stringify(retries),
    'mirrored to': mirrors.map(({ cluster, share }) => `${cluster} ${percent(share)}`).join(', '),
  };
}

/** Everything is decided but the endpoints, which a dump without EDS does not hold. */
function lacksEndpoints({ outcome, steps }: TraceResult): boolean {
  const open = steps.filter(({ status }) => status === 'needs-input');
  return outcome === 'undetermined' && open.length > 0 && open.every(({ hop }) => hop === 'endpoints');
}

function textOf(result: TraceResult): string {
  const { outcome, reason, responseCode, responseFlag, redirect, missing } = result;
  const logged = [responseCode, responseFlag].filter(part => part !== null).join(' ');
  switch (outcome) {
    case 'forwarded':
      return forwarded(result);
    case 'passthrough':
      return `passed through to ${result.endpoints[0]?.address ?? 'the original destination'}`;
    case 'blackholed':
      return `black-holed${logged === '' ? '' : `, ${logged}`}`;
    case 'responded':
      return redirect !== null && reason === 'redirect'
        ? `responded ${logged} to ${withoutSecretText(redirect.url)}`
        : `responded ${logged}${reason === null ? '' : ` (${reason})`}`;
    case 'closed':
      return `closed${logged === '' ? '' : ` ${logged}`}${reason === null ? '' : ` (${reason})`}`;
    case 'mixed':
      return result.weightedClusters.map(branchText).join('; ');
    default:
      return `undetermined (${missing.join('; ') || 'evidence is missing'})`;
  }
}

function forwarded({ cluster, weightedClusters }: TraceResult): string {
  if (weightedClusters.length < 2) return `forwarded to ${cluster ?? weightedClusters[0]?.name ?? 'no cluster'}`;
  return `forwarded ${weightedClusters.map(({ name, share }) => `${percent(share)} to ${name}`).join(', ')}`;
}

/** A branch that only the endpoints leave open goes to its cluster. */
function branchText({ name, share, outcome, responseCode, responseFlag, reason }: WeightedCluster): string {
  if (outcome === 'forwarded' || (outcome === 'undetermined' && name !== null))
    return `${percent(share)} forwarded to ${name}`;
  const logged = [responseCode, responseFlag].filter(part => part !== null && part !== undefined).join(' ');
  return `${percent(share)} ${`${outcome ?? ''} ${logged || (reason ?? '')}`.trim()}${name === null ? '' : ` (${name})`}`;
}

function endpointsOf({ endpoints }: TraceResult): string {
  return endpoints
    .filter(({ share }) => share > 0)
    .map(({ address, share, tls }) => `${address} ${percent(share)}${tls === undefined ? '' : ` ${tls}`}`)
    .sort()
    .join(', ');
}

const BAD = new Set(['responded', 'closed', 'blackholed']);

function isFailure({ outcome, responseCode, reason, weightedClusters }: TraceResult): boolean {
  if (outcome === 'mixed') return weightedClusters.some(branch => BAD.has(branch.outcome ?? ''));
  if (outcome === 'responded') return (responseCode ?? 500) >= 400 && reason !== 'redirect';
  return outcome === 'closed' || outcome === 'blackholed';
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
