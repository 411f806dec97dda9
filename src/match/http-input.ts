import type { Extension } from '../model/extension.js';
import { cookiesIn } from './cookie.js';
import type { HeaderLookup } from './header.js';
import type { MatcherInput } from './matcher-predicate.js';
import { decodedParameter } from './query.js';

/** What the inputs of an HTTP matcher look at; null where there is no HTTP request. */
export interface HttpMatchingData {
  readonly headers: HeaderLookup | null;
  /** With its query. */
  readonly path: string | null;
}

/**
 * The value of an input over the request's headers, query parameters or cookies, the same for every matcher tree; null for another input.
 * Several cookies of one name give their values with commas between.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/http_inputs.proto
 */
export function httpInput({ headers, path }: HttpMatchingData, { type, config }: Extension): MatcherInput | null {
  switch (type?.split('.').at(-1)) {
    case 'HttpRequestHeaderMatchInput':
      return { value: headers?.((config.string('header_name') ?? '').toLowerCase()) };
    case 'HttpRequestQueryParamMatchInput':
      return { value: decodedParameter(path ?? '', config.string('query_param') ?? '') };
    case 'HttpRequestCookieMatchInput': {
      const wanted = config.string('cookie_name') ?? '';
      const values = cookiesIn(headers?.('cookie') ?? '').filter(([name]) => name === wanted);
      return { value: values.length === 0 ? undefined : values.map(([, value]) => value).join(',') };
    }
    default:
      return null;
  }
}
