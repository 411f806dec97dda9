import { COMMANDS } from '../explanations/commands.js';
import type { Pages } from './page.js';

/** The servers behind a service, and what is sent to them how often. */
export const ENDPOINT_PAGES: Pages<
  | 'no-endpoints'
  | 'ejected-endpoints'
  | 'no-healthy-endpoints'
  | 'panic-mode'
  | 'target-port-unserved'
  | 'mirror-target-missing'
  | 'fault-injected'
  | 'timeout-shorter-than-retries'
  | 'retry-amplification'
> = {
  'no-endpoints': {
    explanation:
      'The service is known and its cluster is there, and istiod gave it no address: no ready pod is behind it, or none that has the labels of the subset.',
    consequences: 'Envoy answers 503 UH (no_healthy_upstream) at once, without trying to connect.',
    causes: [
      'The Service’s selector fits no pod: a label was renamed on one side.',
      'The pods are there and not ready: their readiness probe fails.',
      'The deployment is scaled to zero.',
      'The DestinationRule’s subset asks for labels that no pod has.',
    ],
    remedy: [
      ['See the addresses that Kubernetes has.', COMMANDS.slices],
      ['Compare the selector with the labels of the pods.', 'kubectl get pods -n NAMESPACE --show-labels'],
      ['See the service.', COMMANDS.service],
      ['See why a pod is not ready.', COMMANDS.describePod],
    ],
  },
  'ejected-endpoints': {
    explanation:
      'Outlier detection counted failures of an endpoint (5xx answers, or connections that could not be made) and took it out of load balancing for a time that grows with each ejection.',
    consequences:
      'The others take the load. Where all are ejected and the panic threshold is 0, as Istio sets it with outlier detection, Envoy answers 503 UH.',
    causes: [
      'The pods answer with errors, or time out.',
      'outlierDetection is strict (few errors, maxEjectionPercent 100) for a service with few pods.',
      'A fault test or an overload that is over: ejections end by themselves.',
    ],
    remedy: [
      ['See which endpoints fail their outlier check.', COMMANDS.endpoints],
      ['Find out why the pods fail.', COMMANDS.appLog],
      [
        'Lower maxEjectionPercent or raise consecutive5xxErrors where the service has few pods.',
        'kubectl edit destinationrule NAME -n NAMESPACE',
      ],
    ],
  },
  'no-healthy-endpoints': {
    explanation:
      'The cluster has endpoints, and Envoy may use none: all fail a health check or are marked unhealthy, and the panic threshold is 0 (or fail_traffic_on_panic is set), so that they are not used all the same.',
    consequences: 'Envoy answers 503 UH (no_healthy_upstream).',
    causes: [
      'The pods are not ready or are ending (EDS health UNHEALTHY, DRAINING).',
      'Some endpoints are ejected by outlier detection, the others fail their health check.',
    ],
    remedy: [
      ['See each endpoint’s state.', COMMANDS.endpoints],
      ['See why the pods are not ready.', COMMANDS.describePod],
      ['Read the application’s log.', COMMANDS.appLog],
    ],
  },
  'panic-mode': {
    explanation:
      'Fewer endpoints are healthy than the panic threshold asks for (50 % unless set; 0 where Istio sets outlier detection). Envoy then takes the health information for wrong and uses all endpoints, so that the healthy ones are not overrun.',
    consequences: 'A part of the requests goes to endpoints that are not healthy, and fails.',
    causes: [
      'More than half of the pods fail their health check.',
      'Outlier detection ejected most of a small service’s pods.',
    ],
    remedy: [
      ['See which endpoints are not healthy.', COMMANDS.endpoints],
      ['Mend the pods.', COMMANDS.describePod],
      [
        'Set minHealthPercent of outlierDetection where unhealthy endpoints must not be used.',
        'kubectl edit destinationrule NAME -n NAMESPACE',
      ],
    ],
  },
  'target-port-unserved': {
    explanation:
      'The Service sends to a port of its pods that no container declares (POD_PORTS in the metadata of the pod’s proxy). Kubernetes does not oblige containers to declare ports, so that this is a strong hint and no proof.',
    consequences:
      'If nothing listens there, both proxies forward the request and the application’s side refuses the connection: 503 UF at the server’s proxy, seen by the client as 503.',
    causes: [
      'targetPort was not changed together with the container’s port.',
      'targetPort is missing: it defaults to the service’s own port.',
      'The application listens on a port that its manifest does not declare (then nothing is wrong).',
    ],
    remedy: [
      ['See targetPort.', COMMANDS.service],
      [
        'See what the containers declare.',
        "kubectl get pod POD -n NAMESPACE -o jsonpath='{.spec.containers[*].ports}'",
      ],
      ['See what listens.', 'kubectl exec POD -n NAMESPACE -c istio-proxy -- ss -ltn'],
    ],
  },
  'mirror-target-missing': {
    explanation: 'A route mirrors requests to a cluster that does not exist, or that has no usable endpoint.',
    consequences: 'The requests themselves are not touched; their copies are dropped without a word.',
    causes: ['The mirror’s subset or service was taken away.', 'The mirror’s pods are scaled to zero.'],
    remedy: [
      ['See whether the mirror’s destination has endpoints.', COMMANDS.endpoints],
      ['Correct the mirror, or take it out.', 'kubectl edit virtualservice NAME -n NAMESPACE'],
    ],
  },
  'fault-injected': {
    explanation:
      'A VirtualService has Envoy inject faults: answers of its own (abort), or delays. The client’s own proxy does so, before anything is sent.',
    consequences:
      'An abort is logged with flag FI and the status that the VirtualService says; a delay with DI. The server is not at fault and does not see an aborted request.',
    causes: ['A chaos test is running.', 'A test is over, and its fault was left behind.'],
    remedy: [
      ['See the faults.', 'kubectl get virtualservice NAME -n NAMESPACE -o yaml'],
      ['Take `fault` out of the route.', 'kubectl edit virtualservice NAME -n NAMESPACE'],
    ],
  },
  'timeout-shorter-than-retries': {
    explanation:
      'A route’s timeout spans all tries together. It is shorter than the tries may take: (retries + 1) × perTryTimeout.',
    consequences:
      'The last retries can never run; where the timeout is no longer than one try, no retry follows a slow one at all. The client gets 504 (UT), and the retries give a false sense of safety.',
    causes: ['The timeout was set without the retries in mind.', 'perTryTimeout was raised, and the timeout was not.'],
    remedy: [
      [
        'Set timeout to (attempts + 1) × perTryTimeout or more, or make perTryTimeout shorter.',
        'kubectl edit virtualservice NAME -n NAMESPACE',
      ],
    ],
  },
  'retry-amplification': {
    explanation:
      'A route retries many times on errors of the server (5xx, gateway-error, reset). Istio’s own default is two retries, for failures before the server has done anything.',
    consequences:
      'A server that fails from overload gets a multiple of the load. Along a chain of calls the numbers multiply: three hops with five retries each make up to 216 requests of one.',
    causes: ['attempts was set high to hide errors.', 'Several services of one call chain each retry on 5xx.'],
    remedy: [
      [
        'Retry two or three times, on connect-failure, refused-stream and unavailable, at one hop of the chain.',
        'kubectl edit virtualservice NAME -n NAMESPACE',
      ],
      [
        'Limit what retries may add (connectionPool.http.maxRetries).',
        'kubectl edit destinationrule NAME -n NAMESPACE',
      ],
    ],
  },
};
