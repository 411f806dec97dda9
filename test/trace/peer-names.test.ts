import { describe, expect, it } from 'vitest';
import { acceptsNames } from '../../src/trace/peer-names.js';
import { viewOf } from '../match/view-of.js';
import type { Json } from '../support/minimal-proxy.js';

const SPIFFE = 'spiffe://td/ns/n/sa/s';
const typed = (san_type: string, matcher: Json): Json => ({ match_typed_subject_alt_names: [{ san_type, matcher }] });

describe('the names that a peer’s certificate must have', () => {
  it.each<[string, Json, string[], boolean]>([
    ['none asked', {}, [], true],
    ['the exact name', typed('URI', { exact: SPIFFE }), [SPIFFE], true],
    ['one of several', typed('URI', { exact: SPIFFE }), ['a.example', SPIFFE], true],
    ['another name', typed('URI', { exact: SPIFFE }), [`${SPIFFE}2`], false],
    ['a name of another kind', typed('DNS', { safe_regex: { regex: '.*' } }), [SPIFFE], false],
    ['an address', typed('IP_ADDRESS', { exact: '10.0.0.1' }), ['10.0.0.1'], true],
    ['any kind', { match_subject_alt_names: [{ prefix: 'spiffe://td/' }] }, [SPIFFE], true],
    ['v2', { verify_subject_alt_name: [SPIFFE] }, [SPIFFE], true],
    ['the certificate’s wildcard', typed('DNS', { exact: 'A.example.com' }), ['*.example.com'], true],
    ['a wildcard for one label only', typed('DNS', { exact: 'a.b.example.com' }), ['*.example.com'], false],
    ['a wildcard that is asked as such', typed('DNS', { suffix: '.example.com' }), ['*.example.com'], true],
  ])('%s', (_, validation_context, names, expected) => {
    expect(acceptsNames(viewOf({ common_tls_context: { validation_context } }), names)).toBe(expected);
  });
});
