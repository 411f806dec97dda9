import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HOPS } from '../../src/trace/result.js';

describe('docs/semantics', () => {
  it.each(HOPS)('has a page for %s that says what is decided and what is not', hop => {
    const page = `docs/semantics/${hop}.md`;
    expect(existsSync(page)).toBe(true);
    const text = readFileSync(page, 'utf8');
    expect(text).toContain('## What is decided');
    expect(text).toContain('## What is not, and why');
  });
});
