import { evidenceOf, quote } from '../../trace/evidence.js';
import { HTTP_FILTERS } from '../../trace/hops/http-filter-kinds.js';
import type { ObjectRef } from '../finding.js';
import { describeFilter, filtersOf, foreignFilters, isIstio, type PlacedFilter } from '../istio-filters.js';
import { listAll } from '../kubectl.js';
import { UNKNOWN_NAME } from '../provenance.js';
import type { Rule, Scope } from '../rule.js';
import type { ChainSubject } from '../subjects.js';

/** A filter that may answer a request by what configuration does not hold: code, or another service. */
export const unsupportedExtension: Rule = {
  code: 'unsupported-extension',
  chain: (subject, scope) =>
    subject.listener.isStatic
      ? []
      : filtersOf(subject.chain)
          .filter(mayAnswer)
          .map(placed => ({
            resource: ownerOf(placed, subject, scope),
            evidence: [evidenceOf(subject.listener, placed.pointer)],
            why: `${describeFilter(placed.filter)} ${effectOf(placed)}: whether it lets a request pass, configuration alone does not tell.`,
            remedy: `Take a trace through it as “if it allows it”. ${whereToLook(placed, scope)}`,
          })),
};

function mayAnswer({ filter }: PlacedFilter): boolean {
  return HTTP_FILTERS[filter.kind]?.mayAnswer(filter.config) ?? false;
}

function effectOf({ filter }: PlacedFilter): string {
  return HTTP_FILTERS[filter.kind]?.describe(filter.config) ?? 'is not known';
}

function whereToLook({ filter }: PlacedFilter, { proxy }: Scope): string {
  if (filter.kind === 'wasm')
    return `See which modules there are (${listAll('WasmPlugin', null)}), and what the module’s own log says that it refuses.`;
  if (filter.kind === 'ext_authz')
    return `Ask the authorization service’s log, and see the policies with action CUSTOM (${listAll('AuthorizationPolicy', null)}).`;
  const pod = quote(proxy.node?.pod ?? 'POD');
  const namespace = quote(proxy.node?.namespace ?? 'NAMESPACE');
  return `The log of the proxy (\`kubectl logs ${pod} -n ${namespace} -c istio-proxy\`) or of the service that it asks says what it refused.`;
}

/** WasmPlugin filters are named after their object: `extensions.istio.io/wasmplugin/NAMESPACE.NAME`. */
function ownerOf({ filter, pointer }: PlacedFilter, { chain }: ChainSubject, { proxy }: Scope): ObjectRef | null {
  const [, namespace, name] = /^extensions\.istio\.io\/[a-z]+\/([^.]+)\.([^~]+)/.exec(filter.name ?? '') ?? [];
  if (namespace !== undefined && name !== undefined) return { kind: 'WasmPlugin', namespace, name };
  const own = proxy.node?.namespace ?? null;
  if (filter.kind === 'ext_authz' && isIstio(proxy))
    return { kind: 'AuthorizationPolicy', namespace: own, name: UNKNOWN_NAME };
  const isForeign = isIstio(proxy) && foreignFilters(chain).some(other => other.pointer === pointer);
  return isForeign ? { kind: 'EnvoyFilter', namespace: own, name: UNKNOWN_NAME } : null;
}
