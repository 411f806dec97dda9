import { describe, expect, it } from 'vitest';
import { checkMarkdown } from '../../src/render/check/markdown.js';
import { markdownText } from '../../src/render/markdown-text.js';
import { printable, printableLines } from '../../src/render/printable.js';

const NAME = 'canary\n\n::error file=a::pwned';

describe('a name that holds more than a name', () => {
  it.each([
    [NAME, 'canary ::error file=a::pwned'],
    ['a \r\n b', 'a b'],
    ['a\u001b[31m\u009b1mb\u202e', 'a[31m1mb'],
    ['a\tb', 'a\tb'],
  ])('begins no line of output: %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('keeps its lines where they are no more than text', () => {
    expect(printableLines(`${NAME}\u0007`)).toBe(NAME);
  });

  it('makes no markup', () => {
    expect(markdownText('![pixel](http://evil.test/p.png) [a](b) `ls`\n# <b>')).toBe(
      '!\\[pixel\\](http://evil.test/p.png) \\[a\\](b) `ls` # \\<b\\>',
    );
    const finding = {
      ...{ code: 'missing-subset', severity: 'error', title: '![p](q)', resource: null, evidence: [] },
      ...{ why: '[Click](http://evil.test)', remedy: '[do](it)', proxy: null },
    };
    const result = { findings: [finding], proxies: [] } as unknown as Parameters<typeof checkMarkdown>[0];
    const page = checkMarkdown(result, []);
    expect(page).toContain('!\\[p\\](q)');
    expect(page).not.toMatch(/(?<!\\)\]\(/);
  });
});
