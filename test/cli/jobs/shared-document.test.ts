import { describe, expect, it } from 'vitest';
import { fromShared, shareDocuments } from '../../../src/cli/jobs/shared-document.js';
import { documentOf } from '../../../src/source/document.js';

const progress = { show: () => {}, end: () => {} };
const { signal } = new AbortController();
const silent = { write: () => {}, isTerminal: false, columns: 80 };
const io = { stdin: async function* () {}, stdout: silent, stderr: silent, env: {}, signal };

describe('a document that threads share', () => {
  it('keeps name, bytes, traits and both checksums', async () => {
    const document = { ...documentOf('a/x.json', Buffer.from('[1]'), { proxyHint: 'p.n' }), sha256: async () => 'now' };
    const [shared] = await shareDocuments([{ document, isNamed: false, sha256: 'then' }], () => {}, progress, io);
    if (shared === undefined) throw new Error('nothing is shared');
    const got = fromShared(shared);
    expect(got).toMatchObject({ isNamed: false, sha256: 'then', document: { name: 'a/x.json', proxyHint: 'p.n' } });
    expect(await got.document.sha256?.()).toBe('now');
    expect((await got.document.load()).bytes.toString()).toBe('[1]');
  });

  it('has no checksum where no manifest tells one', async () => {
    const document = documentOf('x.json', Buffer.from('[1]'));
    const [shared] = await shareDocuments([{ document, isNamed: true }], () => {}, progress, io);
    expect(shared && fromShared(shared).sha256).toBeUndefined();
  });
});
