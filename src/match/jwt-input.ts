import type { HeaderLookup } from './header.js';
import type { Unknown } from './ternary.js';

/** What the JWT filters look at. */
export interface JwtInput {
  /** The path with its query. */
  readonly path: string;
  /** Request headers with pseudo-headers, repeated values joined by commas. */
  readonly headers: HeaderLookup;
  /**
   * Claims of the token that the request carries: signed by its issuer, and valid unless `exp` and `nbf` say otherwise.
   * Null when nobody gave any.
   */
  readonly claims: Readonly<Record<string, unknown>> | null;
  /** Seconds since the epoch against which `exp` and `nbf` are read; null leaves time out. */
  readonly now: number | null;
  /** A filter state object as text; undefined when it is not set. */
  readonly filterState: (key: string) => string | Unknown | undefined;
}
