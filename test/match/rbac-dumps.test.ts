import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isObject } from '../../src/decode/json.js';
import { evaluateJwt } from '../../src/match/jwt.js';
import { evaluateRbac } from '../../src/match/rbac.js';
import { isUnknown } from '../../src/match/ternary.js';
import { extensionOf } from '../../src/model/extension.js';
import { View } from '../../src/model/view.js';
import { jwtInput } from './jwt-request.js';
import { rbacInput } from './rbac-request.js';

const dumps = new URL('../../../shared/dumps/', import.meta.url);

function* filtersIn(value: unknown, kind: string): Generator<View> {
  for (const inner of isObject(value) ? Object.values(value) : Array.isArray(value) ? value : []) {
    if (isObject(inner) && (inner.typed_config ?? inner.typedConfig ?? inner.config) !== undefined) {
      const extension = extensionOf(new View(inner, ''));
      if (extension.kind === kind) yield extension.config;
    }
    yield* filtersIn(inner, kind);
  }
}

function parsed(name: string): unknown {
  try {
    return JSON.parse(readFileSync(new URL(name, dumps), 'utf8'));
  } catch {
    return null;
  }
}

describe.skipIf(!existsSync(dumps))(
  'RBAC and JWT filters of other meshes (skipped where ../shared/dumps is not there)',
  () => {
    const documents = existsSync(dumps) ? readdirSync(dumps).map(name => [name, parsed(name)] as const) : [];
    const filters = documents.flatMap(([name, document]) =>
      [...filtersIn(document, 'rbac')].map(view => [name, view] as const),
    );
    const rules = filters.flatMap(([name, view]) => view.list('rules').map(item => [name, item] as const));

    it('finds them', () => {
      expect(rules.length).toBeGreaterThan(20);
      expect(new Set(rules.map(([name]) => name)).size).toBeGreaterThan(5);
    });

    it('decides each set of rules when everything is given', () => {
      const request = {
        principal: 'spiffe://cluster.local/ns/default/sa/x',
        path: '/a',
        metadata: { istio_authn: { 'source.principal': 'x' } },
      };
      const open = rules.filter(([, view]) => isUnknown(evaluateRbac(view, rbacInput(request)).allowed));
      expect(open.map(([name]) => name)).toEqual([]);
    });

    it('decides each JWT filter for a request without a token', () => {
      for (const [name, document] of documents) {
        for (const config of filtersIn(document, 'jwt_authn')) {
          expect(isUnknown(evaluateJwt(config, jwtInput({})).allowed), name).toBe(false);
        }
      }
    });
  },
);
