import type { DecodedDocument } from '../../decode/document.js';
import { ProxyConfig } from '../../model/proxy.js';
import { neutralNames, type Side } from './side.js';

/** Pilot on the left, Envoy on the right. Requests are traced through Pilot's resources over Envoy's bootstrap, and its endpoints where Pilot shows none. */
export function pilotAndEnvoy(pilot: ProxyConfig, envoy: ProxyConfig): { left: Side; right: Side } {
  const traced = new ProxyConfig(envoy.name, [
    ...pilot.documents.map(sentByPilot),
    ...envoy.documents.map(beneathPilot),
  ]);
  return {
    left: { label: 'Pilot', proxy: pilot, traced, neutral: null },
    right: { label: 'Envoy', proxy: envoy, traced: envoy, neutral: null },
  };
}

/** One proxy at two times. */
export function twoSnapshots(
  before: ProxyConfig,
  after: ProxyConfig,
  labels: readonly [string, string],
): { left: Side; right: Side } {
  return {
    left: { label: labels[0], proxy: before, traced: before, neutral: null },
    right: { label: labels[1], proxy: after, traced: after, neutral: null },
  };
}

/** Two proxies; what names the proxy itself is left out of account. */
export function twoProxies(left: ProxyConfig, right: ProxyConfig): { left: Side; right: Side } {
  return {
    left: { label: left.name, proxy: left, traced: left, neutral: neutralNames(left) },
    right: { label: right.name, proxy: right, traced: right, neutral: neutralNames(right) },
  };
}

/** Pilot's debug page has an empty bootstrap and, for most proxies, no secrets: Envoy's own must show through. */
function sentByPilot(document: DecodedDocument): DecodedDocument {
  const kinds = new Set([...document.kinds].filter(kind => kind !== 'bootstrap' && kind !== 'secret'));
  return { ...document, kinds };
}

/** Envoy's endpoints are known for the clusters that it has; for others Pilot's side must not seem to have none. */
function beneathPilot(document: DecodedDocument): DecodedDocument {
  return { ...document, partial: new Set([...document.partial, 'endpoint', 'cluster-status'] as const) };
}
