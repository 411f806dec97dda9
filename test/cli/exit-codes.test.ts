import { describe, expect, it } from 'vitest';
import { EXIT, exitCodeOf } from '../../src/cli/exit-codes.js';
import { extension, route } from '../support/messages.js';
import { type HttpParts, throughHttp } from '../trace/hops/through-http.js';

const healthCheck = extension('health_check', 'envoy.extensions.filters.http.health_check.v3.HealthCheck', {
  pass_through_mode: false,
});
const answers = (status: number): HttpParts => ({ routes: [route({ direct_response: { status } })] });

describe('exitCodeOf', () => {
  it.each<[string, HttpParts, number]>([
    ['forwarded', { routes: [route('a')] }, EXIT.ok],
    ['answered below 400', answers(204), EXIT.ok],
    ['answered with 400 or more', answers(503), EXIT.failed],
    ['answered with a code that only the running Envoy knows', { filters: [healthCheck] }, EXIT.undetermined],
  ])('%s', async (_, parts, code) => {
    expect(exitCodeOf(await throughHttp(parts))).toBe(code);
  });
});
