import type { DocumentForm } from './document.js';
import type { Entry } from './entry.js';
import { ScanError } from './scan.js';

/**
 * Whether a list of istioctl lacks resources of its kind. What istioctl filters out (`--port`, `--name`, `--fqdn`, `--cluster`, …)
 * leaves a list that looks whole, but every Istio proxy has some resources that no filter for a service lets through.
 */
export function isFiltered(form: DocumentForm, entries: readonly Entry[]): boolean {
  return WHOLE[form]?.(entries) === false;
}

const WHOLE: Partial<Record<DocumentForm, (entries: readonly Entry[]) => boolean>> = {
  'istioctl-listeners': entries => entries.some(hasPrometheusPort),
  'istioctl-clusters': entries => entries.length > 1 && entries.some(({ name }) => name === 'BlackHoleCluster'),
  'istioctl-routes': entries => new Set(entries.map(({ name }) => name)).size > 1 || entries[0]?.name === null,
  'istioctl-endpoints': entries => new Set(entries.map(({ name }) => name).filter(isOfBootstrap)).size > 1,
};

/** Port 15090, where the bootstrap of every Istio proxy since 1.0 has a static listener for Prometheus. */
function hasPrometheusPort(entry: Entry): boolean {
  try {
    return /"port_?[vV]alue":"?15090\b/.test(JSON.stringify(entry.addresses));
  } catch (error) {
    if (error instanceof ScanError) return false;
    throw error;
  }
}

/** Istio's clusters for services are called `direction|port|subset|host`, in gateways for SNI `outbound_.port_.subset_.host`. */
function isOfBootstrap(name: string | null): boolean {
  return name !== null && !name.includes('|') && !name.includes('_.');
}
