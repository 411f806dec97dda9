import type { HeaderValue, RouterCheck } from '../decode/test-file/router-check.js';
import { matchHeader } from '../match/header.js';
import { INSIDE_ADDRESS, INSIDE_HEADER } from '../model/bare-routes.js';
import { durationMilliseconds, View } from '../model/view.js';
import type { FinalHeaders } from '../trace/final-headers.js';
import type { TraceRequest } from '../trace/request.js';
import type { TraceResult } from '../trace/result.js';
import type { Mismatch } from './expectation.js';

/** The client's address of the tool's own stream (test/tools/router_check/router.cc). */
const CLIENT = '127.0.0.1';

/** The request that a test of the route table check tool stands for, at a gateway that has the table on `port`. */
export function routerCheckRequest(check: RouterCheck, ip: string, port: number): TraceRequest {
  const { input } = check;
  const headers: Record<string, string[]> = { 'x-forwarded-proto': [input.ssl ? 'https' : 'http'] };
  if (input.internal) headers[INSIDE_HEADER] = [INSIDE_ADDRESS];
  for (const { name, value } of input.headers) headers[name] = [...(headers[name] ?? []), value];
  return {
    id: check.name,
    ip,
    port,
    direction: 'gateway',
    host: input.authority,
    path: input.path,
    method: input.method,
    headers,
    random: input.random,
    from: { ip: CLIENT },
  };
}

/**
 * What differs from a test's expectations. As in the tool, cluster, virtual host, virtual cluster and rewrites are empty unless the route
 * forwards, and the redirect is empty where it does.
 */
export function routerCheckMismatches(check: RouterCheck, result: TraceResult, headers: FinalHeaders): Mismatch[] {
  const { validate } = check;
  const forwards = result.redirect === null && hasRoute(result);
  const whenForwarded = (value: string | null | undefined) => (forwards ? (value ?? '') : '');
  const pairs: [string, unknown, unknown][] = [
    ['cluster_name', validate.cluster, whenForwarded(result.cluster)],
    ['virtual_cluster_name', validate.virtualCluster, whenForwarded(result.virtualCluster)],
    ['virtual_host_name', validate.virtualHost, whenForwarded(result.virtualHost)],
    ['path_rewrite', validate.pathRewrite, whenForwarded(headers.request(':path'))],
    ['host_rewrite', validate.hostRewrite, whenForwarded(headers.request(':authority'))],
    ['path_redirect', validate.pathRedirect, result.redirect?.url ?? ''],
    ['code_redirect', validate.codeRedirect, result.redirect?.code ?? 0],
  ];
  return [
    ...pairs.flatMap(([path, expected, actual]) =>
      expected === null || expected === actual ? [] : [{ path, expected, actual }],
    ),
    ...timeoutMismatches(validate.timeout, whenForwarded(result.timeout)),
    ...fieldMismatches('request_header_fields', validate.requestFields, headers.request),
    ...responseFieldMismatches(validate.responseFields, headers),
    ...matcherMismatches('request_header_matches', validate.requestMatchers, headers.request),
    ...matcherMismatches('response_header_matches', validate.responseMatchers, headers.response),
  ];
}

function hasRoute(result: TraceResult): boolean {
  return result.steps.some(({ hop, status }) => hop === 'route' && status === 'matched');
}

function timeoutMismatches(expected: string | null, actual: string): Mismatch[] {
  if (expected === null || durationMilliseconds(expected) === durationMilliseconds(actual)) return [];
  return [{ path: 'timeout', expected, actual }];
}

function fieldMismatches(path: string, fields: readonly HeaderValue[], headers: FinalHeaders['request']): Mismatch[] {
  return fields.flatMap(({ name, value }) => {
    const actual = headers(name.toLowerCase()) ?? '';
    return actual === value ? [] : [{ path: `${path}.${name}`, expected: value, actual }];
  });
}

/** The tool knew no headers of Envoy's own answer when these fields were new (1.14), and does today: a suite of either time holds. */
function responseFieldMismatches(fields: readonly HeaderValue[], headers: FinalHeaders): Mismatch[] {
  return fields.flatMap(field => {
    const today = fieldMismatches('response_header_fields', [field], headers.response);
    const before = fieldMismatches('response_header_fields', [field], headers.configuredResponse);
    return before.length === 0 ? [] : today;
  });
}

function matcherMismatches(
  path: string,
  matchers: readonly Record<string, unknown>[],
  headers: FinalHeaders['request'],
): Mismatch[] {
  return matchers.flatMap((matcher, index) => {
    const { result, why } = matchHeader(new View(matcher, ''), headers);
    return result === true ? [] : [{ path: `${path}[${index}]`, expected: matcher, actual: why }];
  });
}
