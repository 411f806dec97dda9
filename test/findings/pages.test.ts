import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/findings/catalogue.js';
import { FINDING_CODES } from '../../src/findings/codes.js';
import { explainTerm } from '../../src/findings/explain.js';
import { FINDING_PAGES_ZH } from '../../src/findings/pages/zh/pages.js';
import { FINDING_PAGES } from '../../src/findings/pages.js';
import { TEN_LINES } from './support/findings.js';

describe.each(FINDING_CODES)('%s', code => {
  const [english, chinese] = [FINDING_PAGES[code], FINDING_PAGES_ZH[code]];

  it('has as many causes and steps in every language', () => {
    expect(chinese.causes).toHaveLength(english.causes.length);
    expect(chinese.remedy).toHaveLength(english.remedy.length);
  });

  it('has at least one command, and sentences that end', () => {
    expect(english.remedy.some(([, command]) => command !== undefined)).toBe(true);
    const english_ = [
      english.explanation,
      english.consequences,
      ...english.causes,
      ...english.remedy.map(([say]) => say),
    ];
    for (const [, command] of english.remedy) expect(command ?? '').not.toMatch(TEN_LINES);
    for (const text of english_) expect(text).toMatch(/[.!?)]$/);
    for (const text of [chinese.explanation, chinese.consequences, ...chinese.causes, ...chinese.remedy])
      expect(text).toMatch(/[。）]$/);
  });

  it('is explained in both, with the same commands', () => {
    const [en, zh] = [explainTerm(code)?.terms[0], explainTerm(code, 'zh')?.terms[0]];
    expect(en).toMatchObject({
      kind: 'finding',
      language: 'en',
      term: code,
      means: expect.stringContaining(CATALOGUE[code].title),
    });
    expect(zh).toMatchObject({ language: 'zh', means: expect.stringContaining(chinese.title) });
    expect(zh?.next.map(({ command }) => command)).toEqual(en?.next.map(({ command }) => command));
  });
});
