/** Reasons that a dump without endpoints or clusters may give where the expectation is "goes on". */
const GOES_ON = new Set([null, 'no_cluster', 'no_healthy_upstream', 'missing_evidence', 'blackhole']);
/** Ends that a filter brings about, which the simulation does not know. */
const FILTER_ENDS = new Set(['rbac_denied', 'jwt_denied', 'fault_abort']);
const FILTER_HOPS = new Set(['network-filters', 'http-filters']);

/**
 * Compares a result with an expectation of the conformance cases.
 * @param {Record<string, any>} result a TraceResult
 * @param {Record<string, any>} expected one line of expected.jsonl
 * @returns {string[]} one text for each field that disagrees
 */
export function disagreements(result, expected) {
  const fields = endedByFilter(result) ? ['listener', 'filterChain'] : Object.keys(expected);
  return fields.flatMap(field => {
    const check = CHECKS[field];
    if (check === undefined || !(field in expected)) return [];
    const actual = check(result, expected[field]);
    return actual === true
      ? []
      : [`${field}: expected ${JSON.stringify(expected[field])}, got ${JSON.stringify(actual)}`];
  });
}

function endedByFilter(result) {
  if (FILTER_ENDS.has(result.reason)) return true;
  return result.reason === 'missing_evidence' && FILTER_HOPS.has(result.steps.at(-1)?.hop);
}

const same = pick => (result, expected) => {
  const actual = pick(result);
  return actual === expected ? true : (actual ?? null);
};

const CHECKS = {
  listener: same(result => result.listener),
  filterChain: same(result => chainOf(pointerOf(result, 'filter-chain'))),
  routeConfig: same(result => result.routeConfig),
  virtualHost: same(result => numberIn(pointerOf(result, 'virtual-host'), /\/virtual_?[hH]osts\/(\d+)$/)),
  route: same(result => numberIn(pointerOf(result, 'route'), /\/routes\/(\d+)$/)),
  virtualHostName: same(result => result.virtualHost),
  routeName: same(result => result.route),
  virtualCluster: same(result => result.virtualCluster),
  cluster: same(result => result.cluster),
  redirect: same(result => result.redirect?.url),
  responseCode: same(result => result.responseCode),
  path: same(result => result.rewrite.path ?? result.request.path),
  host: same(result => result.rewrite.host ?? result.request.host),
  timeoutMs: same(result => (result.timeout === null ? null : Math.round(Number.parseFloat(result.timeout) * 1000))),
  noRoute: (result, expected) =>
    (result.reason === 'no_route' || result.reason === 'no_virtual_host') === expected || result.reason,
  reason: (result, expected) => {
    const { reason } = result;
    return (expected === null ? GOES_ON.has(reason) : reason === expected) || reason;
  },
};

function pointerOf(result, hop) {
  const step = result.steps.find(candidate => candidate.hop === hop && candidate.status === 'matched');
  return step?.pointer ?? null;
}

function chainOf(pointer) {
  if (pointer === null) return null;
  if (/\/default_?[fF]ilter_?[cC]hain$/.test(pointer)) return 'default';
  return numberIn(pointer, /\/filter_?[cC]hains\/(\d+)$/);
}

function numberIn(pointer, pattern) {
  const match = pattern.exec(pointer ?? '');
  return match === null ? null : Number(match[1]);
}
