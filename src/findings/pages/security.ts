import { COMMANDS } from '../explanations/commands.js';
import type { Pages } from './page.js';

/** Who may call whom, and how both sides prove who they are. */
export const SECURITY_PAGES: Pages<
  | 'mtls-mismatch'
  | 'certificate-expired'
  | 'certificate-expires-soon'
  | 'san-mismatch'
  | 'jwt-required'
  | 'rbac-denies'
  | 'rbac-allow-nothing'
  | 'rbac-shadow-would-deny'
> = {
  'mtls-mismatch': {
    explanation:
      'The client’s proxy and the server’s do not agree: plaintext to a port that demands mutual TLS (PeerAuthentication STRICT), or TLS to a port that takes plaintext only (DISABLE). What the client sends is up to DestinationRules and, without one, to what istiod knows of the endpoint.',
    consequences:
      'The server’s proxy closes the connection. The client’s Envoy answers 503: UC where no filter chain takes it, UF where the handshake fails.',
    causes: [
      'A DestinationRule sets tls.mode DISABLE (or SIMPLE) towards a STRICT workload.',
      'A DestinationRule sets ISTIO_MUTUAL towards a port with DISABLE, or a server without a sidecar.',
      'The client has no sidecar, and the server is STRICT.',
      'The pod lost the label security.istio.io/tlsMode, so that clients take it for one without a sidecar.',
    ],
    remedy: [
      ['See the DestinationRule for the host.', COMMANDS.destinationRules],
      ['Set tls.mode to ISTIO_MUTUAL, or leave tls out.', 'kubectl edit destinationrule NAME -n NAMESPACE'],
      ['See the server’s policies: workload, namespace, then mesh.', COMMANDS.peerAuthentications],
      ['See both ends.', COMMANDS.traceBothEnds],
    ],
  },
  'certificate-expired': {
    explanation:
      'A certificate in the proxy’s secrets had ended when the dump was taken. The reference is --now, else the newest time in the dump.',
    consequences:
      'Clients refuse the handshake. At a gateway they see a certificate error; between proxies requests end in 503 UF.',
    causes: [
      'The Secret of a gateway was not renewed, or the renewal (cert-manager) failed.',
      'A workload’s agent cannot reach istiod, so that its certificate, which lives a day, was not renewed.',
      'The mesh’s root or intermediate (cacerts) has run out.',
      'The dump is old, and --now is today.',
    ],
    remedy: [
      ['See each certificate’s time.', COMMANDS.secrets],
      [
        'Put a new certificate into the Secret; the gateway takes it without a restart.',
        'kubectl create secret tls NAME -n GATEWAY-NAMESPACE --cert=FILE --key=FILE --dry-run=client -o yaml | kubectl apply -f -',
      ],
      ['For a workload’s own certificate see why the agent did not renew it.', COMMANDS.proxyLog],
      [
        'See that clients get the new one.',
        'openssl s_client -connect ADDRESS:443 -servername HOST < /dev/null | openssl x509 -noout -dates',
      ],
    ],
  },
  'certificate-expires-soon': {
    explanation:
      'A certificate is in the last tenth of its own lifetime: nine days for one of three months, two hours for a workload’s, which lives a day and is renewed at half of that.',
    consequences: 'When it ends, clients refuse the handshake (certificate-expired).',
    causes: [
      'Nobody renews the gateway’s Secret by itself.',
      'A workload’s agent cannot renew: it is not connected to istiod.',
      'The dump is old.',
    ],
    remedy: [
      ['See each certificate’s time.', COMMANDS.secrets],
      ['Renew the Secret, or see why cert-manager does not.', 'kubectl get certificates,certificaterequests -A'],
      ['For a workload see its agent’s log.', COMMANDS.proxyLog],
    ],
  },
  'san-mismatch': {
    explanation:
      'The client’s cluster accepts certain identities only (subject alternative names), and the server’s certificate has none of them. Without a DestinationRule istiod gives the service accounts of the pods behind the service.',
    consequences:
      'The client’s Envoy refuses the server’s certificate: 503 UF, “CERTIFICATE_VERIFY_FAILED” in its log.',
    causes: [
      'subjectAltNames of a DestinationRule or ServiceEntry names another service account, namespace or trust domain.',
      'The pods were moved to another service account.',
      'The trust domain was changed, and trustDomainAliases does not hold the old one.',
      'The address belongs to another workload now (stale endpoints).',
    ],
    remedy: [
      ['See which identity the server shows.', 'istioctl proxy-config secret SERVER-POD.NAMESPACE -o json'],
      ['See which ones the client accepts.', COMMANDS.clusterSettings],
      ['Correct subjectAltNames, or leave them to istiod.', 'kubectl edit destinationrule NAME -n NAMESPACE'],
    ],
  },
  'jwt-required': {
    explanation:
      'The server’s proxy wants a token (JWT) that the request does not carry: a policy asks for a request principal or a claim, or the JWT filter refuses the token. RequestAuthentication alone lets requests without a token pass; a policy makes it a must.',
    consequences:
      '403 “RBAC: access denied” where a policy asks for it, 401 where the JWT filter itself refuses a token that is not valid.',
    causes: [
      'The client sends no Authorization header, or a proxy on the way drops it.',
      'A DENY policy with notRequestPrincipals: ["*"] is in force, also for health checks and internal callers.',
      'The token is of another issuer or audience than the RequestAuthentication names.',
    ],
    remedy: [
      ['See the policies and what they ask for.', COMMANDS.authorizationPolicies],
      ['See the issuers.', COMMANDS.requestAuthentications],
      ['Send a token.', 'curl -H "Authorization: Bearer TOKEN" http://HOST:PORT/PATH'],
      [
        'Trace with the claims of a token.',
        'mesh-trace POD.NAMESPACE --to HOST:PORT --claim iss=ISSUER --claim sub=SUBJECT',
      ],
    ],
  },
  'rbac-denies': {
    explanation:
      'An AuthorizationPolicy refuses the request at the server’s proxy: a DENY rule matches it, or ALLOW policies are there and no rule of them matches. DENY comes before ALLOW. All conditions of one rule (from, to, when) must hold together.',
    consequences:
      '403 “RBAC: access denied” (details rbac_access_denied_matched_policy[…]); TCP connections are closed. The application does not see the request.',
    causes: [
      'The caller’s service account, namespace, method, path or port is not in a rule.',
      'The caller comes without mutual TLS, so that it has no principal.',
      'A path pattern takes more than was meant (/items* takes /items/3).',
      'A policy with HTTP conditions on a TCP port: ALLOW never matches there, DENY ignores them.',
    ],
    remedy: [
      ['See the policies.', COMMANDS.authorizationPolicies],
      ['See those that the server’s proxy has.', COMMANDS.authz],
      ['Change the rule.', 'kubectl edit authorizationpolicy NAME -n NAMESPACE'],
      ['See each decision in the log.', COMMANDS.rbacLog],
    ],
  },
  'rbac-allow-nothing': {
    explanation:
      'ALLOW policies apply to the workload and none of them can match anything: an AuthorizationPolicy with an empty spec allows nothing. It is the usual way to deny by default, beside policies that allow what is wanted.',
    consequences: 'Every request is answered 403, every TCP connection is closed.',
    causes: [
      'Deny by default is meant, and no policy allows this workload’s callers yet.',
      '`rules` was left out by mistake. (`rules: [{}]` allows everything.)',
      'The policy that allows is in another namespace, or its selector does not fit.',
    ],
    remedy: [
      ['See the policies of the namespace and of the root namespace.', COMMANDS.authorizationPolicies],
      [
        'Add a policy that allows what is wanted, or rules to this one.',
        'kubectl edit authorizationpolicy NAME -n NAMESPACE',
      ],
    ],
  },
  'rbac-shadow-would-deny': {
    explanation:
      'A policy with the annotation istio.io/dry-run is evaluated and logged, and not enforced. It would deny this request.',
    consequences: 'None today. When the annotation goes, the request gets 403.',
    causes: ['The policy is being tried out, and does not allow this caller yet.'],
    remedy: [
      ['Let the policy allow what is to go on.', 'kubectl edit authorizationpolicy NAME -n NAMESPACE'],
      ['See what it would deny.', COMMANDS.rbacLog],
    ],
  },
};
