import type { Rule } from './rule.js';
import { certificateExpired } from './rules/certificate-expired.js';
import { certificateExpiresSoon } from './rules/certificate-expires-soon.js';
import { clusterNotFound } from './rules/cluster-not-found.js';
import { domainPortMismatch } from './rules/domain-port-mismatch.js';
import { dumpWithoutEndpoints } from './rules/dump-without-endpoints.js';
import { duplicateChainMatch } from './rules/duplicate-chain-match.js';
import { duplicateDomain } from './rules/duplicate-domain.js';
import { egressBlackhole } from './rules/egress-blackhole.js';
import { egressPassthrough } from './rules/egress-passthrough.js';
import { ejectedEndpoints } from './rules/ejected-endpoints.js';
import { envoyfilterPresent } from './rules/envoyfilter-present.js';
import { externalNameService } from './rules/external-name-service.js';
import { faultInjected } from './rules/fault-injected.js';
import { gatewayHostConflict } from './rules/gateway-host-conflict.js';
import { headlessServicePodIp } from './rules/headless-service-pod-ip.js';
import { hostNotInRegistry } from './rules/host-not-in-registry.js';
import { httpToTlsPort } from './rules/http-to-tls-port.js';
import { jwtRequired } from './rules/jwt-required.js';
import { mirrorTargetMissing } from './rules/mirror-target-missing.js';
import { missingRouteTable } from './rules/missing-route-table.js';
import { missingSubset } from './rules/missing-subset.js';
import { mtlsMismatch } from './rules/mtls-mismatch.js';
import { noEndpoints } from './rules/no-endpoints.js';
import { noHealthyEndpoints } from './rules/no-healthy-endpoints.js';
import { noRouteMatches } from './rules/no-route-matches.js';
import { panicMode } from './rules/panic-mode.js';
import { partialDump } from './rules/partial-dump.js';
import { passthroughTlsToHttpPort } from './rules/passthrough-tls-to-http-port.js';
import { portNameTcp } from './rules/port-name-tcp.js';
import { prefixSwallowsSibling } from './rules/prefix-swallows-sibling.js';
import { protocolConflictPort } from './rules/protocol-conflict-port.js';
import { rbacAllowNothing } from './rules/rbac-allow-nothing.js';
import { rbacDenies } from './rules/rbac-denies.js';
import { rbacShadowWouldDeny } from './rules/rbac-shadow-would-deny.js';
import { redirectLoopRule } from './rules/redirect-loop.js';
import { regexNotRe2 } from './rules/regex-not-re2.js';
import { rejectedConfig } from './rules/rejected-config.js';
import { retryAmplification } from './rules/retry-amplification.js';
import { sanMismatch } from './rules/san-mismatch.js';
import { shadowedChain } from './rules/shadowed-chain.js';
import { shadowedRoute } from './rules/shadowed-route.js';
import { sidecarScopeMissingHost } from './rules/sidecar-scope-missing-host.js';
import { staleConfig } from './rules/stale-config.js';
import { targetPortUnserved } from './rules/target-port-unserved.js';
import { timeoutShorterThanRetries } from './rules/timeout-shorter-than-retries.js';
import { truncatedDump } from './rules/truncated-dump.js';
import { unsupportedExtension } from './rules/unsupported-extension.js';
import { versionSkew } from './rules/version-skew.js';
import { virtualserviceHostNotInGateway } from './rules/virtualservice-host-not-in-gateway.js';
import { warmingResource } from './rules/warming-resource.js';
import { weightsDoNotSum } from './rules/weights-do-not-sum.js';

/** Every rule that looks at configuration. What a listing of proxies shows is in `proxy-not-connected`. */
export const RULES: readonly Rule[] = [
  certificateExpired,
  certificateExpiresSoon,
  clusterNotFound,
  domainPortMismatch,
  dumpWithoutEndpoints,
  duplicateChainMatch,
  duplicateDomain,
  egressBlackhole,
  egressPassthrough,
  ejectedEndpoints,
  envoyfilterPresent,
  externalNameService,
  faultInjected,
  gatewayHostConflict,
  headlessServicePodIp,
  hostNotInRegistry,
  httpToTlsPort,
  jwtRequired,
  mirrorTargetMissing,
  missingRouteTable,
  missingSubset,
  mtlsMismatch,
  noEndpoints,
  noHealthyEndpoints,
  noRouteMatches,
  panicMode,
  partialDump,
  passthroughTlsToHttpPort,
  portNameTcp,
  prefixSwallowsSibling,
  protocolConflictPort,
  rbacAllowNothing,
  rbacDenies,
  rbacShadowWouldDeny,
  redirectLoopRule,
  regexNotRe2,
  rejectedConfig,
  retryAmplification,
  sanMismatch,
  shadowedChain,
  shadowedRoute,
  sidecarScopeMissingHost,
  staleConfig,
  targetPortUnserved,
  timeoutShorterThanRetries,
  truncatedDump,
  unsupportedExtension,
  versionSkew,
  virtualserviceHostNotInGateway,
  warmingResource,
  weightsDoNotSum,
];
