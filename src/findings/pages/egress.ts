import { COMMANDS } from '../explanations/commands.js';
import type { Pages } from './page.js';

/** Requests to what the mesh does not know, or knows otherwise. */
export const EGRESS_PAGES: Pages<
  | 'sidecar-scope-missing-host'
  | 'host-not-in-registry'
  | 'egress-blackhole'
  | 'egress-passthrough'
  | 'headless-service-pod-ip'
  | 'external-name-service'
  | 'port-name-tcp'
  | 'protocol-conflict-port'
  | 'passthrough-tls-to-http-port'
  | 'http-to-tls-port'
> = {
  'sidecar-scope-missing-host': {
    explanation:
      'Other sidecars of the snapshot have a host in their configuration, and this one has not. A Sidecar resource limits what a workload’s proxy knows to the hosts that it imports; exportTo of a service or ServiceEntry limits who may know it.',
    consequences:
      'The host is unknown here: the request is dropped (502, or a closed connection) where the policy is REGISTRY_ONLY, else passed through without routes, mutual TLS and retries.',
    causes: [
      'The Sidecar’s egress hosts lack the host’s namespace.',
      'A Sidecar without workloadSelector was added to the namespace, or to the control plane’s for the whole mesh.',
      'The service or ServiceEntry has an exportTo that leaves this namespace out.',
    ],
    remedy: [
      [
        'See the Sidecar that applies: one with a workloadSelector, else the namespace’s, else the root namespace’s.',
        COMMANDS.sidecars,
      ],
      ['Add NAMESPACE/HOST to its egress hosts.', 'kubectl edit sidecar NAME -n NAMESPACE'],
      ['See exportTo where there is none.', COMMANDS.service],
      ['See that the host has come.', COMMANDS.clusters],
    ],
  },
  'host-not-in-registry': {
    explanation:
      'The request’s host looks like a name of the cluster, and the proxy knows no service of any of the names that the pod’s resolver would try (the name, then with namespace, svc and the cluster’s domain).',
    consequences:
      'DNS fails, so that mostly no request is sent at all. With an address from elsewhere the request is passed through without rules, dropped, or answered 404.',
    causes: [
      'The name is misspelt.',
      'The service is in another namespace, and the short name was used.',
      'The service was deleted, or is in a cluster that is not part of the mesh.',
    ],
    remedy: [
      ['See the services of all namespaces.', 'kubectl get services -A'],
      ['See what the name resolves to in the pod.', COMMANDS.lookup],
      ['See what the proxy knows.', 'istioctl proxy-config clusters POD.NAMESPACE'],
    ],
  },
  'egress-blackhole': {
    explanation:
      'The mesh’s outbound traffic policy (or a Sidecar’s) is REGISTRY_ONLY, and no service or ServiceEntry that the proxy knows declares the destination with this port.',
    consequences:
      'TCP and TLS end in the BlackHoleCluster and are closed; plain HTTP gets 502 from virtual host block_all, or 404 in old versions.',
    causes: [
      'No ServiceEntry declares the external host.',
      'The ServiceEntry has another port, or another protocol for it.',
      'The service is called on a port that it does not have.',
      'The ServiceEntry is not visible in this namespace (exportTo, Sidecar).',
    ],
    remedy: [
      ['See which external hosts are declared.', COMMANDS.serviceEntries],
      ['Declare the host and port.', 'kubectl apply -f serviceentry.yaml'],
      ['See the policy.', COMMANDS.meshConfig],
    ],
  },
  'egress-passthrough': {
    explanation:
      'The proxy knows no service or ServiceEntry for the destination with this port. The outbound traffic policy is ALLOW_ANY, so that Envoy passes the connection on unchanged, to the address that the client looked up.',
    consequences:
      'No route, retry, timeout, mutual TLS or authorization of the mesh applies. Whether anything answers there Envoy does not know: to a service’s address on a wrong port nothing does.',
    causes: [
      'An external host is called on purpose: then nothing is wrong.',
      'A service is called on a port that it does not have (the container’s port, for example).',
      'Bytes that are no HTTP are sent to a port that is declared as HTTP.',
      'A listener that would have taken it was refused or is missing.',
    ],
    remedy: [
      ['See the ports that the service has.', COMMANDS.service],
      ['Declare an external host that the mesh shall know.', 'kubectl apply -f serviceentry.yaml'],
      ['See what listens on the port.', COMMANDS.listeners],
    ],
  },
  'headless-service-pod-ip': {
    explanation:
      'The request goes to a pod’s own address. A headless service (clusterIP: None) resolves to such addresses; else the client has the address from somewhere.',
    consequences:
      'Envoy sends to that very pod. Subsets, load balancing and outlier detection have no effect; for the address of a pod of a normal service no rule of the mesh applies at all.',
    causes: [
      'The service is headless on purpose: databases and peers that must know each other.',
      'The client found the pod through a registry of its own, or cached an address.',
      'Someone called a pod directly to test it.',
    ],
    remedy: [
      ['See whether the service is headless.', COMMANDS.service],
      ['Call the service by its name, or give it a cluster IP.', 'kubectl edit service SERVICE -n NAMESPACE'],
    ],
  },
  'external-name-service': {
    explanation:
      'The Service is of type ExternalName: a DNS alias for a host outside. Istio makes a cluster that resolves that host; the client’s Host header stays the alias.',
    consequences:
      'The server outside gets a Host header that it may not know (404 or a wrong page), and no mutual TLS. With HTTPS the certificate is for another name.',
    causes: ['A service was moved out of the cluster and the alias stands in for it.'],
    remedy: [
      ['See the alias.', COMMANDS.service],
      ['Rewrite the authority on the way.', 'kubectl edit virtualservice NAME -n NAMESPACE'],
      [
        'Or declare the host itself in a ServiceEntry and call it by its own name.',
        'kubectl apply -f serviceentry.yaml',
      ],
    ],
  },
  'port-name-tcp': {
    explanation:
      'Istio tells a port’s protocol by its appProtocol, else by the beginning of its name (http, http2, grpc, tcp, tls, …). This one is TCP to it, or has no such name where Istio does not detect HTTP by itself (before 1.3, and for ports of some databases).',
    consequences:
      'HTTP on it is passed on byte by byte: the routes of VirtualServices have no effect, a connection sticks to one pod, there are no retries and no HTTP metrics, and policies on paths or methods do not match.',
    causes: [
      'The port is called tcp-…, or after the application (“web”).',
      'The name was changed for Prometheus or another tool.',
      'The service really speaks TCP: then send it as TCP.',
    ],
    remedy: [
      ['See the port’s name.', COMMANDS.service],
      ['Name it http-…, or set appProtocol: http.', 'kubectl edit service SERVICE -n NAMESPACE'],
      ['See that the listener has become an HTTP one.', COMMANDS.listeners],
    ],
  },
  'protocol-conflict-port': {
    explanation:
      'A service has a cluster and nothing that leads to it: on its port a listener of another protocol, for another service, is bound to every address. Without an address of its own the service cannot have a listener beside it.',
    consequences:
      'Requests to the service go where the other listener sends them: into another protocol’s route table, or through.',
    causes: [
      'A ServiceEntry or headless service for TCP uses a port that HTTP services use (80, 8080), or the reverse.',
      'One port number is HTTP in one service and unnamed or TCP in another.',
    ],
    remedy: [
      ['See what listens on the port.', COMMANDS.listeners],
      [
        'Give the services different ports, the same protocol, or addresses (spec.addresses of a ServiceEntry).',
        COMMANDS.serviceEntries,
      ],
      ['Let istioctl look for conflicts.', 'istioctl analyze -A'],
    ],
  },
  'passthrough-tls-to-http-port': {
    explanation:
      'The client speaks TLS (https://) to a port that the mesh serves as plain HTTP. The listener cannot read it as HTTP, and its default chain takes the connection.',
    consequences:
      'The connection is passed through to the service’s address, without routes and mutual TLS, and the server gets TLS that it does not speak; or it is dropped (REGISTRY_ONLY), or closed.',
    causes: [
      'https:// was written where the mesh already encrypts.',
      'The server does speak TLS, and its port is named http-….',
    ],
    remedy: [
      ['Call it by http://; the proxies use mutual TLS between them.', 'curl http://HOST:PORT/'],
      ['Where the server speaks TLS, name the port https-… or tls-….', 'kubectl edit service SERVICE -n NAMESPACE'],
    ],
  },
  'http-to-tls-port': {
    explanation:
      'The client speaks plain HTTP to a port whose filter chains all expect TLS: a gateway’s HTTPS port, or a TLS port of a ServiceEntry.',
    consequences:
      'No chain takes the connection and Envoy closes it (NR filter_chain_not_found); at a sidecar it may be passed through instead.',
    causes: [
      'http:// was written for https://.',
      'A load balancer before the gateway ends TLS and sends plain HTTP to the HTTPS port.',
      'The port forward goes to the wrong port of the gateway.',
    ],
    remedy: [
      ['Call it by https://, or the HTTP port.', 'curl -v https://HOST/'],
      ['See the Gateway’s servers and ports.', COMMANDS.gateways],
      [
        'Send clients over with tls.httpsRedirect on an HTTP server.',
        'kubectl edit gateways.networking.istio.io NAME -n NAMESPACE',
      ],
    ],
  },
};
