import type { InputResolver } from '../match/matcher-tree.js';
import { parseQuery } from '../match/query.js';
import { unsupported } from '../match/ternary.js';
import { connectionFacts } from './connection-facts.js';
import { headerLookup } from './headers.js';
import { networkInput } from './network-input.js';
import type { Tracing } from './tracing.js';

/**
 * The inputs of a matcher over a request: its headers and query parameters, and what the connection shows.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/http_inputs.proto
 */
export function httpInputs(trace: Tracing): InputResolver {
  const headers = headerLookup(trace);
  const facts = connectionFacts(trace);
  return input => {
    const type = input.type?.split('.').at(-1);
    if (type === 'HttpRequestHeaderMatchInput')
      return { value: headers(input.config.string('header_name')?.toLowerCase() ?? '') };
    if (type === 'HttpRequestQueryParamMatchInput')
      return { value: parameter(trace.http?.path ?? '', input.config.string('query_param') ?? '') };
    const network = networkInput(trace, facts, input);
    return network ?? unsupported(`matcher input ${input.type ?? input.name ?? 'without a type'}`);
  };
}

/** The first value of a query parameter, percent-decoded, which the router's own query matchers do not do; `+` stays. */
function parameter(path: string, name: string): string | undefined {
  const found = [...parseQuery(path)].find(([key]) => decoded(key) === name);
  return found === undefined ? undefined : decoded(found[1]);
}

function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, escaped =>
    Buffer.from(escaped.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}
