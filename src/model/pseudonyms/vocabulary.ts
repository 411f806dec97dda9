import { partsOf } from './words.js';

/**
 * Words that mean the same in every mesh: of Envoy, Istio, Kubernetes and HTTP. They are nobody's names, and some of them
 * decide (`istio` in ALPN, `svc` in a host, `websocket` in an upgrade), so they stay.
 */
const WORDS = `
  a an and any are as at be by for from if in is it no not of off on or per that the then this to via was with
  true false yes null none auto default other all only never always

  http https http1 http2 http3 http10 http11 h2 h2c h3 quic grpc tcp udp tls mtls ssl ws wss websocket plaintext raw buffer spdy
  mongo mysql redis amqp kafka dubbo thrift dns ldap smtp jwt jwks oidc oauth oauth2 spiffe ns sa uri url urn ipv4 ipv6 ip dst src
  get head post put delete connect options trace patch method path scheme authority host status protocol
  accept age agent allow authorization basic bearer cache charset close connection content control cookie cors credentials date
  encoding etag expect expires forwarded gzip header headers keep alive language last length location modified negotiate origin
  pragma proto proxy range real redirect referer request response retry server set size te trailer trailers transfer type upgrade
  user vary x xfcc xff client cert ssl access control max original port text plain html json xml yaml javascript css image png svg
  octet stream application form urlencoded multipart data web utf8
  iss sub aud exp iat nbf azp scope claim claims payload principal audiences presenter groups realm

  envoy istio istioctl istiod pilot mixer citadel galley ztunnel sidecar sidecars router waypoint ingress egress gateway gateways
  ingressgateway egressgateway eastwestgateway injector webhook telemetry policy policies prometheus zipkin jaeger kiali grafana
  tracing statsd stats agent bootstrap admin xds ads sds eds rds lds cds srds ecds rootca
  inbound outbound passthrough black hole blackhole block allow any cluster clusters virtual inner outer main internal originate
  terminate original filter filters chain chains listener listeners route routes config configs subset subsets lb fullname
  raw inspector tls_inspector authn authz rbac fault lua wasm alpn sni metadata exchange peer transport socket sockets match
  mode permissive strict disable mutual simple shadow engine effective dry run result rule rules deny custom audit
  security networking authentication extensions apis io v1alpha1 v1alpha2 v1alpha3 v1beta1 workload workloads canonical
  revision rev destination destinations source service services serviceentry virtualservice destinationrule envoyfilter context
  reporter kind uid attributes attribute ratelimit local global error errors failure failed refused reset unavailable cancelled
  exceeded exhausted deadline resource retriable codes conn connect before 4xx 5xx 3xx 2xx 1xx success ok

  kubernetes kubectl kube system public node lease app apps version name names namespace namespaces id role svc deployment deployments
  daemonset daemonsets statefulset statefulsets replicaset replicasets pod pods job jobs secret secrets crd file cert root ca key
  k8s coredns metrics

  com org net edu gov mil int io dev app ai co info biz arpa invalid example test localhost internal lan home corp www
  eu us uk de fr es it nl pl se no fi dk ch at be cz cn jp kr in au nz br ca mx ru za
  googleapis gserviceaccount amazonaws azure
`;

const VOCABULARY: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));

/** Whether a word is of the common vocabulary: also versions such as `v1`, what has no letter, and `camelCase` of common words. */
export function isCommonWord(word: string): boolean {
  return partsOf(word).every(part => isCommon(part.toLowerCase()));
}

function isCommon(word: string): boolean {
  return VOCABULARY.has(word) || word.length === 1 || /^(v?\d+|\d+[a-z])$/.test(word);
}

/** Names of Envoy's extensions and messages: they say what code runs, and are left as they are. */
export function isExtensionName(text: string): boolean {
  return /^(type\.googleapis\.com\/|(envoy|istio|udpa|xds|io\.istio|com\.google)[._][A-Za-z0-9_.]+$)/.test(text);
}
