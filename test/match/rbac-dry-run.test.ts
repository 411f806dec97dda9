import { describe, it } from 'vitest';
import { check, claims, DRY_RUN, issuer, type Row } from './rbac-mesh.js';

const rows: Row[] = [
  [
    'a reader',
    'productpage dry run',
    { metadata: claims({ iss: issuer, sub: 'me', groups: ['guests', 'readers'] }) },
    true,
    DRY_RUN,
    'groups',
  ],
  [
    'a group as one string',
    'productpage dry run',
    { metadata: claims({ iss: issuer, sub: 'me', groups: 'editors' }) },
    true,
    DRY_RUN,
    'groups',
  ],
  [
    'another group',
    'productpage dry run',
    { metadata: claims({ iss: issuer, sub: 'me', groups: ['guests'] }) },
    false,
    null,
    'groups',
  ],
  ['no group', 'productpage dry run', { metadata: claims({ iss: issuer, sub: 'me' }) }, false, null, 'groups'],
  [
    'another issuer',
    'productpage dry run',
    { metadata: claims({ iss: 'https://x.example', sub: 'me', groups: ['readers'] }) },
    false,
    null,
    'iss',
  ],
  [
    'an empty subject',
    'productpage dry run',
    { metadata: claims({ iss: issuer, sub: '', groups: ['readers'] }) },
    false,
    null,
    'sub',
  ],
  ['no token', 'productpage dry run', {}, false, null, 'iss'],
  [
    'a token that nobody described',
    'productpage dry run',
    { unknownMetadata: () => ({ unknown: 'needs-input', what: 'claims' }) },
    'unknown',
    null,
    'claims',
  ],
  ['empty shadow rules', 'productpage tcp', { headers: null }, false, null, 'without policies'],
];

describe('evaluateRbac for policies that run dry in the 1.30 mesh', () => {
  it.each(rows)('%s (%s)', (...row) => check(row, 'shadow_rules'));
});
