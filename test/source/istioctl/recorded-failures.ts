import type { IstioctlErrorKind } from '../../../src/source/istioctl/index.js';

/** What a recorded failure means: its kind, the sentence, and the ids of the calls that end so. */
export type Expected = readonly [kind: IstioctlErrorKind, short: string, ids: readonly string[]];

/** Every recorded call that gives no usable answer, though it may have ended with exit code 0. */
export const RECORDED_FAILURES: Readonly<Record<'modern' | 'old', readonly Expected[]>> = {
  modern: [
    [
      'unsupported-flag',
      'This istioctl cannot print that format: use another one with --istioctl.',
      ['version-client-bad'],
    ],
    [
      'timeout',
      'istioctl gave no answer within 2 s and was ended: check that the cluster can be reached, or pass a longer --timeout.',
      ['version-down', 'version-no-kubeconfig', 'slow-portforward-hang', 'ps-down', 'ps-no-kubeconfig'],
    ],
    [
      'other',
      'istioctl failed: config dump has no configuration type type.googleapis.com/envoy.admin.v3.EcdsConfigDump',
      ['pc-ecds-short', 'pc-ecds-json', 'pc-ecds-yaml', 'pc-alias-ec'],
    ],
    [
      'unsupported-flag',
      'This istioctl has no such command: it printed its help instead.',
      ['pc-alias-bootstraps', 'pc-alias-alls', 'fail-subcommand', 'fail-bare', 'pc-group-help'],
    ],
    [
      'pod-not-found',
      'There is no pod nope-v1-123456789-abcde in namespace default: `kubectl get pods -n default` lists them.',
      ['fail-pod-missing'],
    ],
    [
      'pod-not-found',
      'There is no pod productpage-v1-6d8bc58dd7-hjw6r in namespace nowhere: `kubectl get pods -n nowhere` lists them.',
      ['fail-namespace-missing'],
    ],
    [
      'pod-not-found',
      'There is no pod nope in namespace default: `kubectl get pods -n default` lists them.',
      ['fail-pod-missing-short', 'ps-pod-missing'],
    ],
    [
      'pod-not-found',
      'There is no deployment nope in namespace default: check the name and the namespace.',
      ['fail-deploy-missing'],
    ],
    [
      'pod-not-found',
      'There is no namespace nowhere: `kubectl get namespaces` lists them.',
      ['fail-deploy-ns-missing'],
    ],
    [
      'pod-not-found',
      'This cluster has no kind "foo": give pod.namespace, or deploy/name.namespace.',
      ['fail-kind-unknown'],
    ],
    [
      'pod-not-found',
      'No pod belongs to deploy/empty-v1, or you may not list pods: name the pod itself as pod.namespace.',
      ['fail-deploy-no-pods'],
    ],
    ['other', 'The pod is not running (Pending), so it has no Envoy to ask: wait until it runs.', ['fail-pod-pending']],
    [
      'refused',
      'Nothing listens on port 15000 in the pod: it has no sidecar, its Envoy is not up, or its admin port is another one (--proxy-admin-port).',
      ['fail-no-sidecar', 'fail-refused', 'fail-refused-short', 'log-target-stderr', 'log-level-none'],
    ],
    [
      'pod-not-found',
      'There is no pod productpage in namespace default: `kubectl get pods -n default` lists them.',
      ['fail-svc-name-as-pod'],
    ],
    [
      'other',
      'istioctl failed: failed to execute command on .default sidecar: failure running port forward process: failure running port forward process: building port forwarded: failed retrieving: resource name may not be empty in',
      ['fail-empty-name'],
    ],
    [
      'other',
      'istioctl failed: failed to execute command on productpage-v1-6d8bc58dd7-hjw6r. sidecar: failure running port forward process: failure running port forward process: building port forwarded: failed retrieving: an empty ',
      ['fail-name-dot'],
    ],
    [
      'pod-not-found',
      'There is no pod productpage.default.svc.cluster in namespace local: `kubectl get pods -n local` lists them.',
      ['fail-fqdn-as-pod'],
    ],
    [
      'other',
      'istioctl failed: all requires pod name or --file parameter',
      ['fail-no-args', 'fail-two-args', 'fail-arg-and-file'],
    ],
    [
      'unsupported-flag',
      'This istioctl has no flag --no-such-flag: leave it out, or use a newer one with --istioctl.',
      ['fail-flag'],
    ],
    ['unsupported-flag', 'This istioctl cannot print "xml": use another one with --istioctl.', ['fail-format']],
    ['unsupported-flag', 'This istioctl cannot print "JSON": use another one with --istioctl.', ['fail-format-upper']],
    ['unsupported-flag', 'This istioctl cannot print "table": use another one with --istioctl.', ['fail-format-table']],
    [
      'unsupported-flag',
      'This istioctl has no command "proxy-confg": use another one with --istioctl.',
      ['fail-command'],
    ],
    [
      'refused',
      'Nothing listens on port 15001 in the pod: it has no sidecar, its Envoy is not up, or its admin port is another one (--proxy-admin-port).',
      ['fail-admin-port'],
    ],
    ['other', 'istioctl failed: port number 70000 must be in the range 1..65535', ['fail-admin-port-range']],
    [
      'other',
      'istioctl failed: invalid argument "x" for "--proxy-admin-port" flag: strconv.ParseInt: parsing "x": invalid syntax',
      ['fail-admin-port-word'],
    ],
    [
      'other',
      'istioctl failed: open /nonexistent.json: no such file or directory',
      ['fail-file-missing', 'fail-file-missing-short'],
    ],
    [
      'cut-off',
      "istioctl's answer ends in the middle, after 316628 bytes: the connection broke, try again.",
      ['fail-file-json-truncated_json'],
    ],
    [
      'cut-off',
      "Envoy's answer was cut off or empty: try again.",
      [
        'fail-file-short-truncated_json',
        'fail-file-short-empty',
        'fail-admin-truncate',
        'fail-admin-truncate-listener',
        'fail-admin-cut-yaml',
        'fail-admin-cut-short',
        'fail-admin-cut-listener',
        'fail-admin-empty-listener',
      ],
    ],
    [
      'cut-off',
      'istioctl gave an empty answer: Envoy sent nothing, try again.',
      ['fail-file-json-empty', 'fail-file-json-whitespace_json', 'fail-admin-empty'],
    ],
    [
      'other',
      'The answer from inside the cluster was not JSON: something else than the expected server answered.',
      [
        'fail-file-short-log-prefix_json',
        'fail-file-short-trailing-garbage_json',
        'fail-file-short-yaml_yaml',
        'fail-file-short-whitespace_json',
        'fail-admin-garbage-endpoint',
      ],
    ],
    [
      'other',
      'istioctl answered with something that is not JSON: something else than Envoy may have answered.',
      ['fail-file-json-trailing-garbage_json', 'fail-file-json-yaml_yaml', 'fail-admin-garbage', 'ps-pod-json'],
    ],
    [
      'other',
      'istioctl failed: config dump has no configuration type type.googleapis.com/envoy.admin.v3.BootstrapConfigDump',
      [
        'fail-file-short-v2-types_json',
        'fail-file-short-masked-clusters-only_json',
        'fail-file-short-configs-null_json',
      ],
    ],
    [
      'no-kubeconfig',
      'No kubeconfig was found, so istioctl knows no cluster: set KUBECONFIG or pass --kubeconfig.',
      ['fail-no-kubeconfig', 'fail-kubeconfig-missing', 'fail-kubeconfig-flag-missing', 'fail-kubeconfig-empty'],
    ],
    [
      'no-kubeconfig',
      "The kubeconfig /home/user/garbage cannot be read (yaml: line 1: did not find expected ',' or ']'): repair it or name another with --kubeconfig.",
      ['fail-kubeconfig-garbage', 'xfile-garbage-kubeconfig'],
    ],
    [
      'unknown-context',
      'The kubeconfig has no context "nope": `kubectl config get-contexts` lists those it has.',
      ['fail-context', 'ps-context', 'xfile-context'],
    ],
    [
      'api-down',
      'The API server at 127.0.0.1:1 cannot be reached (connection refused): check the network, the VPN and the context.',
      ['fail-down', 'fail-down-deploy', 'log-target-stderr-deploy'],
    ],
    [
      'api-down',
      'The API server answered with an error (Internal error occurred: the API server was told to answer 400): try again in a moment.',
      ['fail-get-400', 'fail-portforward-400'],
    ],
    [
      'forbidden',
      'The API server does not accept your credentials (401 Unauthorized): log in again.',
      ['fail-get-401', 'fail-portforward-401'],
    ],
    [
      'forbidden',
      'User "system:serviceaccount:default:viewer" may not get pods in namespace default: ask for that right, or use another --context or --as.',
      ['fail-get-403'],
    ],
    [
      'api-down',
      'The API server answered with an error (too many requests, please try again later): try again in a moment.',
      ['fail-get-429'],
    ],
    [
      'api-down',
      'The API server answered with an error (Internal error occurred: the API server was told to answer 500): try again in a moment.',
      ['fail-get-500', 'fail-portforward-500'],
    ],
    [
      'api-down',
      'The API server answered with an error (the server is currently unable to handle the request): try again in a moment.',
      ['fail-get-503', 'fail-portforward-503'],
    ],
    [
      'forbidden',
      'User "system:serviceaccount:default:viewer" may not create pods/portforward in namespace default: ask for that right, or use another --context or --as.',
      ['fail-portforward-403'],
    ],
    [
      'pod-not-found',
      'There is no pod productpage-v1-6d8bc58dd7-hjw6r in the namespace that was asked: check the name and the namespace.',
      ['fail-portforward-404'],
    ],
    [
      'forbidden',
      'User "system:serviceaccount:default:viewer" may not get deployments in namespace default: ask for that right, or use another --context or --as.',
      ['fail-deploy-403'],
    ],
    [
      'pod-not-found',
      'No pod belongs to deploy/productpage-v1, or you may not list pods: name the pod itself as pod.namespace.',
      ['fail-list-403'],
    ],
    [
      'forbidden',
      'The API server does not let you list its API groups, which a name like deploy/x needs: name the pod.',
      ['fail-discovery-403'],
    ],
    [
      'refused',
      'The connection into the pod was closed before an answer came: nothing listens there, or it was dropped.',
      ['fail-lost', 'fail-connect-reset', 'fail-admin-reset'],
    ],
    [
      'other',
      "Envoy's admin interface answered 403 instead of its configuration: check --proxy-admin-port.",
      ['fail-admin-403'],
    ],
    [
      'other',
      "Envoy's admin interface answered 404 instead of its configuration: check --proxy-admin-port.",
      ['fail-admin-404'],
    ],
    [
      'other',
      "Envoy's admin interface answered 500 instead of its configuration: check --proxy-admin-port.",
      ['fail-admin-500'],
    ],
    [
      'other',
      "Envoy's admin interface answered 503 instead of its configuration: check --proxy-admin-port.",
      ['fail-admin-503'],
    ],
    [
      'cut-off',
      "istioctl's answer ends in the middle, after 200001 bytes: the connection broke, try again.",
      ['fail-admin-cut'],
    ],
    [
      'timeout',
      'istioctl gave up waiting by its own limit: try again, with a --timeout above 30.',
      ['slow-admin-20', 'slow-get-20', 'slow-get-3-timeout1', 'slow-connect-hang', 'ps-xds-hang'],
    ],
    ['other', 'istioctl failed: error parsing kubeclient-timeout: time: invalid duration "x"', ['fail-timeout-word']],
    [
      'other',
      'The control plane does not know this proxy: it is not connected to any istiod that was asked.',
      ['ps-not-connected', 'ps-xds-empty'],
    ],
    [
      'other',
      'No running istiod was found in namespace nowhere: pass its namespace with -i and its --revision.',
      ['ps-no-istiod'],
    ],
    ['unsupported-flag', 'This istioctl cannot print "short": use another one with --istioctl.', ['ps-format']],
    [
      'other',
      'No running istiod was found in namespace istio-system: pass its namespace with -i and its --revision.',
      ['ps-revision-missing'],
    ],
    [
      'unsupported-flag',
      'This istioctl has no flag --nope: leave it out, or use a newer one with --istioctl.',
      ['ps-bad-flag'],
    ],
    [
      'forbidden',
      'User "system:serviceaccount:default:viewer" may not list pods in namespace istio-system: ask for that right, or use another --context or --as.',
      ['ps-403-list'],
    ],
    [
      'forbidden',
      'User "system:serviceaccount:default:viewer" may not create serviceaccounts/token in namespace istio-system: ask for that right, or use another --context or --as.',
      ['ps-403-token'],
    ],
    [
      'forbidden',
      'User "system:serviceaccount:default:viewer" may not create pods/portforward in namespace istio-system: ask for that right, or use another --context or --as.',
      ['ps-403-portforward', 'xlog-ps-portforward-403-none'],
    ],
    [
      'refused',
      'Nothing listens on port 15012 of istiod: check that its pod is up, with `kubectl get pods`.',
      ['ps-refused', 'xlog-ps-refused-stderr'],
    ],
    [
      'other',
      'istioctl failed: could not get XDS from discovery pod "istiod-5847c59c69-2bmzt": rpc error: code = Unknown desc = the API server was told to drop the stream',
      ['ps-xds-reset'],
    ],
    [
      'forbidden',
      'User "system:serviceaccount:default:viewer" may not list mutatingwebhookconfigurations, which istioctl needs to find the revision and waits for without end: pass --revision, or ask for that right.',
      ['ps-403-webhooks', 'xlog-ps-403-webhooks-stderr'],
    ],
  ],
  old: [
    [
      'unsupported-flag',
      'This istioctl cannot print that format: use another one with --istioctl.',
      ['version-client-bad'],
    ],
    [
      'api-down',
      'The API server at 127.0.0.1:1 cannot be reached (connection refused): check the network, the VPN and the context.',
      ['version-remote-down', 'fail-down', 'ps-down'],
    ],
    [
      'unsupported-flag',
      'This istioctl cannot print "yaml": use another one with --istioctl.',
      ['pc-listener-yaml', 'pc-route-yaml', 'pc-cluster-yaml', 'pc-endpoint-yaml'],
    ],
    [
      'unsupported-flag',
      'This istioctl has no such command: it printed its help instead.',
      [
        'pc-absent-all',
        'pc-absent-a',
        'pc-absent-secret',
        'pc-absent-ecds',
        'pc-absent-eds',
        'pc-absent-log',
        'pc-absent-bootstraps',
        'pc-absent-nonsense',
        'pc-absent-all-bare',
        'pc-absent-all-help',
        'fail-bare',
        'pc-group-help',
      ],
    ],
    [
      'pod-not-found',
      'There is no pod istio-ingressgateway-7c6f8fd795-n5xhd in the namespace that was asked: check the name and the namespace.',
      ['pc-context-namespace'],
    ],
    [
      'unsupported-flag',
      'This istioctl takes pod names only and not "deploy/productpage-v1": give pod.namespace, or use a newer one.',
      ['pc-deploy'],
    ],
    [
      'unsupported-flag',
      'This istioctl takes pod names only and not "pod/productpage-v1-5cb458d74f-k7wzd": give pod.namespace, or use a newer one.',
      ['pc-pod-prefix'],
    ],
    [
      'pod-not-found',
      'There is no pod istio-security-post-install-1 in the namespace that was asked: check the name and the namespace.',
      ['pc-dotted'],
    ],
    [
      'unsupported-flag',
      'This istioctl has no flag -f: leave it out, or use a newer one with --istioctl.',
      ['pc-file'],
    ],
    [
      'unsupported-flag',
      'This istioctl has no flag --file: leave it out, or use a newer one with --istioctl.',
      ['pc-file-long'],
    ],
    [
      'unsupported-flag',
      'This istioctl has no flag --proxy-admin-port: leave it out, or use a newer one with --istioctl.',
      ['pc-admin-port'],
    ],
    [
      'pod-not-found',
      'There is no pod nope in the namespace that was asked: check the name and the namespace.',
      ['fail-pod-missing', 'ps-pod-missing'],
    ],
    [
      'pod-not-found',
      'There is no pod productpage-v1-5cb458d74f-k7wzd in the namespace that was asked: check the name and the namespace.',
      ['fail-namespace-missing', 'fail-exec-404'],
    ],
    ['other', 'istioctl failed: accepts 1 arg(s), received 0', ['fail-no-args']],
    ['other', 'istioctl failed: accepts 1 arg(s), received 2', ['fail-two-args']],
    [
      'unsupported-flag',
      'This istioctl has no flag --no-such-flag: leave it out, or use a newer one with --istioctl.',
      ['fail-flag'],
    ],
    ['unsupported-flag', 'This istioctl cannot print "xml": use another one with --istioctl.', ['fail-format']],
    ['unsupported-flag', 'This istioctl cannot print "JSON": use another one with --istioctl.', ['fail-format-upper']],
    [
      'unsupported-flag',
      'This istioctl has no command "proxy-confg": use another one with --istioctl.',
      ['fail-command'],
    ],
    [
      'other',
      'istioctl failed: failed to execute command on envoy: unable to retrieve proxy container name: unable to retrieve Pod: resource name may not be empty',
      ['fail-empty-name'],
    ],
    [
      'pod-not-found',
      'There is no pod productpage in the namespace that was asked: check the name and the namespace.',
      ['fail-svc-name-as-pod', 'fail-fqdn-as-pod'],
    ],
    [
      'other',
      'The answer from inside the cluster was not JSON: something else than the expected server answered.',
      ['fail-pod-pending', 'fail-admin-404', 'fail-admin-garbage', 'fail-admin-garbage-endpoint', 'ps-garbage'],
    ],
    [
      'pod-not-found',
      'There is no pod kube-dns-x in the namespace that was asked: check the name and the namespace.',
      ['fail-no-sidecar-container'],
    ],
    [
      'no-kubeconfig',
      'No kubeconfig was found, so istioctl knows no cluster: set KUBECONFIG or pass --kubeconfig.',
      ['fail-no-kubeconfig', 'fail-kubeconfig-missing', 'fail-kubeconfig-empty'],
    ],
    [
      'no-kubeconfig',
      "The kubeconfig /home/user/garbage cannot be read (yaml: line 1: did not find expected ',' or ']'): repair it or name another with --kubeconfig.",
      ['fail-kubeconfig-garbage'],
    ],
    [
      'unknown-context',
      'The kubeconfig has no context "nope": `kubectl config get-contexts` lists those it has.',
      ['fail-context', 'ps-context'],
    ],
    [
      'api-down',
      'The API server answered with an error (Internal error occurred: the API server was told to answer 400): try again in a moment.',
      ['fail-get-400', 'fail-exec-400'],
    ],
    [
      'forbidden',
      'The API server does not accept your credentials (401 Unauthorized): log in again.',
      ['fail-get-401', 'fail-exec-401'],
    ],
    [
      'forbidden',
      'User "system:serviceaccount:default:viewer" may not get pods in namespace default: ask for that right, or use another --context or --as.',
      ['fail-get-403'],
    ],
    [
      'api-down',
      'The API server answered with an error (too many requests, please try again later): try again in a moment.',
      ['fail-get-429'],
    ],
    [
      'api-down',
      'The API server answered with an error (Internal error occurred: the API server was told to answer 500): try again in a moment.',
      ['fail-get-500', 'fail-exec-500'],
    ],
    [
      'api-down',
      'The API server answered with an error (the server is currently unable to handle the request): try again in a moment.',
      ['fail-get-503', 'fail-exec-503'],
    ],
    [
      'forbidden',
      'User "system:serviceaccount:default:viewer" may not create pods/exec in namespace default: ask for that right, or use another --context or --as.',
      ['fail-exec-403'],
    ],
    [
      'refused',
      'The agent in the container got no answer (exit code 255): Envoy, or istiod, is not up or answers with an error.',
      ['fail-refused', 'fail-admin-500', 'fail-admin-503', 'ps-exec-refused'],
    ],
    [
      'other',
      'The command in the container could not be run (exit code 126): look at the container itself.',
      ['fail-exit-126'],
    ],
    [
      'cut-off',
      "Envoy's answer was cut off or empty: try again.",
      ['fail-exec-lost', 'fail-admin-cut', 'fail-admin-empty'],
    ],
    [
      'timeout',
      'istioctl gave no answer within 2 s and was ended: check that the cluster can be reached, or pass a longer --timeout.',
      ['slow-exec-hang', 'slow-get-hang'],
    ],
    [
      'unsupported-flag',
      'This istioctl has no flag -o: leave it out, or use a newer one with --istioctl.',
      ['ps-json'],
    ],
    [
      'other',
      'The control plane does not know this proxy: it is not connected to any istiod that was asked.',
      ['ps-pilot-unaware', 'ps-not-connected'],
    ],
    ['other', 'No running istiod was found: pass its namespace with -i and its --revision.', ['ps-no-pilot']],
    [
      'forbidden',
      'User "system:serviceaccount:default:viewer" may not list pods in namespace istio-system: ask for that right, or use another --context or --as.',
      ['ps-403-list'],
    ],
    [
      'forbidden',
      'User "system:serviceaccount:default:viewer" may not create pods/exec in namespace istio-system: ask for that right, or use another --context or --as.',
      ['ps-403-exec'],
    ],
  ],
};
