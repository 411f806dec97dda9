/** Folders whose place tells whose files they hold: `istioctl bug-report`, then OpenShift's and Kiali's must-gather. */
const LAYOUTS = [/(?:^|\/)proxies\/([^/]+)\/([^/]+)\//, /(?:^|\/)namespaces\/([^/]+)\/pods\/([^/]+)\//];

/** A label or subdomain as Kubernetes allows in names. */
const KUBERNETES_NAME = /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/;

/**
 * The proxy as `pod.namespace` that a document's name tells by its layout, or undefined.
 * Layouts: istio/istio tools/bug-report/pkg/archive (`proxies/NS/POD/`), must-gather (`namespaces/NS/pods/POD/`).
 */
export function proxyHint(name: string): string | undefined {
  for (const layout of LAYOUTS) {
    const [, namespace = '', pod = ''] = layout.exec(name) ?? [];
    if (KUBERNETES_NAME.test(namespace) && KUBERNETES_NAME.test(pod)) return `${pod}.${namespace}`;
  }
  return undefined;
}
