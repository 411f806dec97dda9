import type { DocumentForm } from './document.js';
import type { Entry } from './entry.js';
import type { EntryList } from './entry-list.js';
import { ScanError } from './scan.js';

/**
 * Whether a list of istioctl lacks resources of its kind. What istioctl filters out (`--port`, `--name`, `--fqdn`, `--cluster`, …)
 * leaves a list that looks whole, but every Istio proxy has some resources that no filter for a service lets through.
 */
export function isFiltered(form: DocumentForm, list: EntryList): boolean {
  return WHOLE[form]?.(list) === false;
}

const WHOLE: Partial<Record<DocumentForm, (list: EntryList) => boolean>> = {
  'istioctl-listeners': list => list.all().some(hasPrometheusPort),
  'istioctl-clusters': list =>
    list.size > 1 && list.containing('BlackHoleCluster').some(({ name }) => name === 'BlackHoleCluster'),
  'istioctl-routes': list => new Set(list.all().map(({ name }) => name)).size > 1 || list.all()[0]?.name === null,
  'istioctl-endpoints': list =>
    new Set(
      list
        .all()
        .map(({ name }) => name)
        .filter(isOfBootstrap),
    ).size > 1,
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
