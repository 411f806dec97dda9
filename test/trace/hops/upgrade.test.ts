import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { http, rbac } from './http-filter-parts.js';
import { type HttpParts, throughHttp } from './through-http.js';

describe('upgrades', () => {
  const websocket: TraceRequest = { headers: { connection: 'Upgrade', upgrade: 'websocket' } };
  const config = (more: Json = {}): Json => ({ upgrade_configs: [{ upgrade_type: 'websocket', ...more }] });
  const to = (action: Json): HttpParts => ({ routes: [route({ route: { cluster: 'a', ...action } })] });

  it.each<[string, HttpParts, TraceRequest, string | null]>([
    ['nobody allows', to({}), websocket, 'upgrade_denied'],
    ['the connection manager allows', { ...to({}), manager: config() }, websocket, null],
    ['the connection manager forbids', { ...to({}), manager: config({ enabled: false }) }, websocket, 'upgrade_denied'],
    ['the route allows', { ...to(config()), manager: config({ enabled: false }) }, websocket, null],
    ['the route forbids', { ...to(config({ enabled: false })), manager: config() }, websocket, 'upgrade_denied'],
    ['no Connection names it', to({}), { headers: { upgrade: 'websocket' } }, null],
    ['there is no route', { routes: [] }, websocket, 'no_route'],
    [
      'a redirect needs it too',
      { routes: [route({ redirect: { path_redirect: '/x' } })] },
      websocket,
      'upgrade_denied',
    ],
    [
      'CONNECT',
      { routes: [{ match: { connect_matcher: {} }, route: { cluster: 'a' } }] },
      { method: 'CONNECT' },
      'upgrade_denied',
    ],
    [
      'CONNECT that is allowed',
      {
        routes: [
          {
            match: { connect_matcher: {} },
            route: { cluster: 'a', upgrade_configs: [{ upgrade_type: 'CONNECT', connect_config: {} }] },
          },
        ],
      },
      { method: 'CONNECT' },
      null,
    ],
  ])('%s', async (_, parts, request, reason) => {
    expect((await throughHttp(parts, request)).reason).toBe(reason);
  });

  it('name the cluster that the route had chosen', async () => {
    expect(await throughHttp(to({}), websocket)).toMatchObject({
      responseCode: 403,
      responseCodeDetails: 'upgrade_failed',
      cluster: 'a',
    });
  });

  it('may have filters of their own', async () => {
    const parts = { ...to({}), filters: [rbac('upgrade')], manager: config({ filters: [http('router')] }) };
    expect((await throughHttp(parts, websocket)).reason).toBeNull();
    expect((await throughHttp({ ...parts, manager: config() }, websocket)).reason).toBe('rbac_denied');
  });
});
