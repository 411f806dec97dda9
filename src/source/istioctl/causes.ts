import type { IstioctlErrorKind } from './error.js';

/** One known failure: what istioctl's words look like, and what they mean. */
export interface Cause {
  readonly kind: IstioctlErrorKind;
  readonly said: RegExp;
  /** The sentence for people; `groups` are those of `said`. */
  readonly short: (groups: Record<string, string>) => string;
}

/**
 * What real istioctl 1.1 and 1.30 say, the most telling first: a refused port-forward also ends in `EOF`,
 * and a missing kubeconfig also in `connection refused`.
 */
export const CAUSES: readonly Cause[] = [
  {
    kind: 'unknown-context',
    said: /context "(?<context>[^"]*)" does not exist/,
    short: g => `The kubeconfig has no context "${g.context}": \`kubectl config get-contexts\` lists those it has.`,
  },
  {
    kind: 'no-kubeconfig',
    said: /error loading config file "(?<file>[^"]*)": (?<why>.*)/i,
    short: g => `The kubeconfig ${g.file} cannot be read (${g.why}): repair it or name another with --kubeconfig.`,
  },
  {
    kind: 'no-kubeconfig',
    said: /Get "http:\/\/localhost:8080\/api|no configuration has been provided|failed to setup client: stat /,
    short: () => 'No kubeconfig was found, so istioctl knows no cluster: set KUBECONFIG or pass --kubeconfig.',
  },
  {
    kind: 'forbidden',
    said: /User "(?<user>[^"]*)" cannot (?<verb>\w+) resource "(?<resource>mutatingwebhookconfigurations)"/,
    short: g =>
      `User "${g.user}" may not ${g.verb} ${g.resource}, which istioctl needs to find the revision and waits for without end: pass --revision, or ask for that right.`,
  },
  {
    kind: 'forbidden',
    said: /User "(?<user>[^"]*)" cannot (?<verb>\w+) resource "(?<resource>[^"]*)"(?: in API group "[^"]*")?(?: in the namespace "(?<namespace>[^"]*)")?/,
    short: g =>
      `User "${g.user}" may not ${g.verb} ${g.resource} ${g.namespace ? `in namespace ${g.namespace}` : 'in this cluster'}: ask for that right, or use another --context or --as.`,
  },
  {
    kind: 'forbidden',
    said: /\bUnauthorized\b|must be logged in to the server/,
    short: () => 'The API server does not accept your credentials (401 Unauthorized): log in again.',
  },
  {
    kind: 'forbidden',
    said: /couldn't get current server API group list: unknown/,
    short: () => 'The API server does not let you list its API groups, which a name like deploy/x needs: name the pod.',
  },
  {
    kind: 'unsupported-flag',
    said: /unknown (?:shorthand )?flag: (?:'.' in )?(?<flag>\S+)/,
    short: g => `This istioctl has no flag ${g.flag}: leave it out, or use a newer one with --istioctl.`,
  },
  {
    kind: 'unsupported-flag',
    said: /unknown command "(?<command>[^"]*)"/,
    short: g => `This istioctl has no command "${g.command}": use another one with --istioctl.`,
  },
  {
    kind: 'unsupported-flag',
    said: /output format "(?<format>[^"]*)" not supported|--output must be 'yaml' or 'json'/,
    short: g =>
      `This istioctl cannot print ${g.format ? `"${g.format}"` : 'that format'}: use another one with --istioctl.`,
  },
  {
    kind: 'pod-not-found',
    said: /the server doesn't have a resource type "(?<type>[^"]*)"/,
    short: g => `This cluster has no kind "${g.type}": give pod.namespace, or deploy/name.namespace.`,
  },
  {
    kind: 'unsupported-flag',
    said: /invalid resource name "(?<name>[^"]*)": \[may not contain '\/'\]/,
    short: g => `This istioctl takes pod names only and not "${g.name}": give pod.namespace, or use a newer one.`,
  },
  {
    kind: 'no-sidecar',
    said: /container (?:not found \("istio-proxy"\)|istio-proxy is not valid for pod (?<pod>\S+))/,
    short: g => `The pod ${g.pod ?? ''} has no istio-proxy container: it is not in the mesh.`.replace('  ', ' '),
  },
  {
    kind: 'refused',
    said: /forwarding \d+ -> (?<port>1501\d|8080): .*connection refused/,
    short: g => `Nothing listens on port ${g.port} of istiod: check that its pod is up, with \`kubectl get pods\`.`,
  },
  {
    kind: 'refused',
    said: /forwarding \d+ -> (?<port>\d+): .*connection refused/,
    short: g =>
      `Nothing listens on port ${g.port} in the pod: it has no sidecar, its Envoy is not up, or its admin port is another one (--proxy-admin-port).`,
  },
  {
    kind: 'api-down',
    said: /dial tcp (?<address>\S+?): (?:connect: )?(?<why>connection refused|i\/o timeout|no route to host|network is unreachable)|dial tcp: (?<lookup>lookup .*)/,
    short: g =>
      `The API server ${g.address ? `at ${g.address} ` : ''}cannot be reached (${g.why ?? g.lookup}): check the network, the VPN and the context.`,
  },
  {
    kind: 'api-down',
    said: /(?<why>x509: .*|tls: .*|TLS handshake timeout)/,
    short: g => `No TLS connection to the API server could be made (${g.why}): check its address and certificates.`,
  },
  {
    kind: 'api-down',
    said: /(?<why>the server is currently unable to handle the request|too many requests, please try again later|Internal error occurred: .*?(?= in the "|$))/m,
    short: g => `The API server answered with an error (${g.why}): try again in a moment.`,
  },
  {
    kind: 'pod-not-found',
    said: /pods "(?<pod>[^"]*)" not found in the "(?<namespace>[^"]*)" namespace/,
    short: g =>
      `There is no pod ${g.pod} in namespace ${g.namespace}: \`kubectl get pods -n ${g.namespace}\` lists them.`,
  },
  {
    kind: 'pod-not-found',
    said: /namespaces "(?<namespace>[^"]*)" not found/,
    short: g => `There is no namespace ${g.namespace}: \`kubectl get namespaces\` lists them.`,
  },
  {
    kind: 'pod-not-found',
    said: /(?<type>[a-z][a-z.]*) "(?<name>[^"]*)" not found(?: in the "(?<namespace>[^"]*)" namespace)?/,
    short: g =>
      `There is no ${singular(g.type ?? '')} ${g.name} in ${g.namespace ? `namespace ${g.namespace}` : 'the namespace that was asked'}: check the name and the namespace.`,
  },
  {
    kind: 'pod-not-found',
    said: /no pods match "(?<name>[^"]*)"/,
    short: g => `No pod belongs to ${g.name}, or you may not list pods: name the pod itself as pod.namespace.`,
  },
  {
    kind: 'other',
    said: /pod is not running\. Status=(?<status>\w+)/,
    short: g => `The pod is not running (${g.status}), so it has no Envoy to ask: wait until it runs.`,
  },
  {
    kind: 'refused',
    said: /command terminated with exit code 255/,
    short: () =>
      'The agent in the container got no answer (exit code 255): Envoy, or istiod, is not up or answers with an error.',
  },
  {
    kind: 'other',
    said: /command terminated with exit code (?<code>\d+)/,
    short: g => `The command in the container could not be run (exit code ${g.code}): look at the container itself.`,
  },
  {
    kind: 'timeout',
    said: /Client\.Timeout exceeded|context deadline exceeded|timeout, still waiting/,
    short: () => 'istioctl gave up waiting by its own limit: try again, with a --timeout above 30.',
  },
  {
    kind: 'cut-off',
    said: /unexpected EOF|unexpected end of JSON input|\(line 1:1\): unexpected token\s*$|unexpected end of stream/m,
    short: () => "Envoy's answer was cut off or empty: try again.",
  },
  {
    kind: 'other',
    said: /(?<why>unknown field "[^"]*"|unknown message type "[^"]*"|message type "[^"]*" isn't linked in|unable to resolve "[^"]*"|can't unmarshal Any nested proto [\w./]+)/,
    short: g =>
      `This istioctl cannot read what that Envoy runs (${g.why}): it is older than the mesh, so name a newer one with --istioctl.`,
  },
  {
    kind: 'other',
    said: /error unmarshalling config dump response|invalid character .* looking for beginning of value/,
    short: () => 'The answer from inside the cluster was not JSON: something else than the expected server answered.',
  },
  {
    kind: 'other',
    said: /unexpected status code: (?<code>\d+)/,
    short: g => `Envoy's admin interface answered ${g.code} instead of its configuration: check --proxy-admin-port.`,
  },
  {
    kind: 'refused',
    said: /": EOF|: EOF"|connection reset by peer|lost connection to pod/,
    short: () =>
      'The connection into the pod was closed before an answer came: nothing listens there, or it was dropped.',
  },
  {
    kind: 'other',
    said: /no running Istio pods in "(?<namespace>[^"]*)"|unable to find any (?:Pilot|Istiod) instances/,
    short: g =>
      `No running istiod was found${g.namespace ? ` in namespace ${g.namespace}` : ''}: pass its namespace with -i and its --revision.`,
  },
  {
    kind: 'other',
    said: /unable to find config dump in (?:Istiod|Pilot) responses/,
    short: () => 'The control plane does not know this proxy: it is not connected to any istiod that was asked.',
  },
];

function singular(type: string): string {
  return (type.split('.')[0] ?? type).replace(/s$/, '');
}
