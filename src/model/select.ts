import type { ProxyConfig } from './proxy.js';

/** The name given fits no proxy, or several. */
export class ProxyNotFound extends Error {
  constructor(
    readonly query: string | null,
    /** Proxies that could be meant: those that fit, or all where none does. */
    readonly choices: readonly string[],
    readonly isAmbiguous: boolean,
  ) {
    const what =
      query === null
        ? 'no proxy was named'
        : isAmbiguous
          ? `${query} fits several proxies`
          : `no proxy is called ${query}`;
    super(what);
    this.name = 'ProxyNotFound';
  }
}

/**
 * Finds the proxy that a user names: `pod.namespace`, a unique prefix of the pod's name with or without `.namespace`, a
 * deployment (`deploy/name.namespace`: the first of its pods, as istioctl takes one), `pod/…` or `svc/…` as istioctl takes
 * them, or nothing where there is only one. A pod's whole name goes before the longer names that begin with it.
 * Throws {@link ProxyNotFound}.
 */
export function selectProxy(proxies: readonly ProxyConfig[], query: string | null): ProxyConfig {
  const [, service] = SERVICE.exec(query ?? '') ?? [];
  const asked = proxies.find(proxy => wasAskedFor(proxy, query));
  if (service !== undefined) return asked ?? selectWorkload(proxies, service);
  const fits = query === null ? proxies : proxies.filter(proxy => namesProxy(proxy.name, query));
  const pod = query?.replace(POD, '');
  const whole = fits.filter(({ name }) => name === pod || podOf(name) === pod);
  const isOne = whole.length === 1 || fits.length === 1 || (query !== null && DEPLOYMENT.test(query));
  const only = whole.find(({ name }) => name === pod) ?? asked ?? (isOne ? (whole[0] ?? fits[0]) : undefined);
  if (only !== undefined) return only;
  const choices = (fits.length > 0 ? fits : proxies).map(proxy => proxy.name);
  throw new ProxyNotFound(query, choices, fits.length > 1);
}

/** The documents of one call of istioctl lie in a folder that is called like its target. */
function wasAskedFor({ documents }: ProxyConfig, query: string | null): boolean {
  return documents.some(({ command, folder }) => command !== null && folder === query);
}

/** Whether a user who says `query` may mean the proxy of this name. */
export function namesProxy(name: string, asked: string): boolean {
  const query = asked.replace(POD, '');
  const [, deployment] = DEPLOYMENT.exec(query) ?? [];
  if (deployment !== undefined) {
    const owner = `${workloadOfPod(podOf(name))}${namespaceOf(name)}`;
    return owner === deployment || owner === `${deployment}${namespaceOf(name)}`;
  }
  if (name === query || name.startsWith(query)) return true;
  const namespace = namespaceOf(query);
  return namespace !== '' && namespaceOf(name) === namespace && name.startsWith(podOf(query));
}

const POD = /^po(?:ds?)?\//;
const SERVICE = /^(?:svc|services?)\/(.+)$/;
const DEPLOYMENT = /^deploy(?:ments?)?\/(.+)$/;

function podOf(name: string): string {
  return name.slice(0, name.length - namespaceOf(name).length);
}

/** With its dot; empty where there is none. */
function namespaceOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot);
}

/** The deployment that gave a pod its name, `NAME-REPLICASET-POD`; the pod's own name where it has another form. */
function workloadOfPod(pod: string): string {
  return pod.replace(/-[a-z0-9]+-[a-z0-9]{5}$/, '');
}

/**
 * Finds the proxy of a workload, service or pod: by the pod's name, the workload's or an `app` label, with or without `.namespace`, or as
 * istioctl takes them (`svc/…`, `deploy/…`, `pod/…`).
 * Of several replicas the first by name is taken. Throws {@link ProxyNotFound} where none fits, or where several workloads do.
 */
export function selectWorkload(proxies: readonly ProxyConfig[], query: string): ProxyConfig {
  const asked = query.replace(SERVICE, '$1');
  const [name = asked, namespace] = asked.split('.');
  const inNamespace = proxies.filter(proxy => namespace === undefined || proxy.node?.namespace === namespace);
  const fits = inNamespace.filter(proxy => workloadNames(proxy).includes(name));
  const found = fits.length > 0 ? fits : proxies.filter(proxy => namesProxy(proxy.name, asked));
  const workloads = new Set(found.map(proxy => `${proxy.node?.namespace}/${workloadNames(proxy)[0]}`));
  const [first] = found;
  if (first !== undefined && workloads.size === 1) return first;
  throw new ProxyNotFound(
    query,
    (found.length > 0 ? found : proxies).map(proxy => proxy.name),
    found.length > 0,
  );
}

/** The workload's name first, then the labels by which services and people know it. */
function workloadNames({ node }: ProxyConfig): string[] {
  if (node === null) return [];
  const { metadata, pod } = node;
  const labels = metadata.get('LABELS') ?? metadata;
  const workload = metadata.string('WORKLOAD_NAME') ?? (pod === null ? undefined : workloadOfPod(pod));
  return [workload, labels.string('app'), labels.string('service.istio.io/canonical-name'), pod ?? undefined].filter(
    name => name !== undefined,
  );
}
