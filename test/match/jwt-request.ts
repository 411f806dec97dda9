import type { JwtInput } from '../../src/match/jwt-input.js';

/** A request in a test, in short. */
export interface JwtRequest extends Partial<Omit<JwtInput, 'headers'>> {
  headers?: Record<string, string>;
  method?: string;
}

/** A GET of `/` without a token, at a time that nobody gave. */
export function jwtInput(request: JwtRequest): JwtInput {
  const { headers = {}, method = 'GET', path = '/', ...rest } = request;
  const lookup: Record<string, string> = { ':method': method, ':path': path, ...headers };
  return {
    claims: null,
    now: null,
    filterState: () => undefined,
    ...rest,
    path,
    headers: name => lookup[name.toLowerCase()],
  };
}
