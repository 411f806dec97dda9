import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/findings/explanations/commands.js';
import { LANGUAGES, type Next } from '../../../src/findings/explanations/text.js';
import { TEXTS } from '../../../src/findings/explanations/texts.js';
import { STATUS_FACTS, STATUSES } from '../../../src/findings/http-statuses.js';
import { DETAIL_FACTS, DETAILS, GROUP_FACTS } from '../../../src/findings/response-details.js';
import { FLAG_FACTS, FLAGS } from '../../../src/findings/response-flags.js';
import { REASONS } from '../../../src/trace/reasons.js';
import { HOPS } from '../../../src/trace/result.js';

const commands = (next: readonly Next[] | undefined) => next?.map(([, run]) => run ?? null);

describe('response flags', () => {
  it('are the thirty of Envoy, each once', () => {
    expect(FLAGS).toHaveLength(30);
    expect(new Set(FLAGS.map(flag => FLAG_FACTS[flag].long)).size).toBe(30);
  });

  it.each(FLAGS)('%s names hops, reasons and details that exist and name it back', flag => {
    const facts = FLAG_FACTS[flag];
    expect(HOPS).toEqual(expect.arrayContaining([...facts.hops]));
    expect(REASONS).toEqual(expect.arrayContaining([...facts.reasons]));
    for (const detail of facts.details) expect(DETAIL_FACTS[detail].flags).toContain(flag);
  });
});

describe('response code details', () => {
  it.each(DETAILS)('%s names hops and reasons that exist', detail => {
    const facts = DETAIL_FACTS[detail];
    expect(HOPS).toEqual(expect.arrayContaining([...(facts.hops ?? GROUP_FACTS[facts.group].hops)]));
    expect(REASONS).toEqual(expect.arrayContaining([...(facts.reasons ?? [])]));
    expect(facts.argument === undefined || facts.form !== undefined).toBe(true);
  });

  it.each(REASONS)('a verdict for %s is explained by a flag, a detail, or ends without either', reason => {
    const silent = ['no_listener', 'no_filters', 'loop', 'missing_evidence', 'missing_filter_config'];
    const explained = [
      ...FLAGS.map(flag => FLAG_FACTS[flag].reasons),
      ...DETAILS.map(detail => DETAIL_FACTS[detail].reasons ?? []),
    ];
    expect(silent.includes(reason) || explained.some(reasons => reasons.includes(reason))).toBe(true);
  });
});

describe('HTTP statuses', () => {
  it.each(STATUSES)('%s agrees with the flags beside it', status => {
    for (const flag of STATUS_FACTS[status].flags) {
      const { codes } = FLAG_FACTS[flag];
      expect(codes.length === 0 || codes.includes(status) || ['0', '431'].includes(status)).toBe(true);
    }
  });
});

describe('texts', () => {
  it('send to the same commands in every language', () => {
    for (const language of LANGUAGES) {
      const texts = TEXTS[language];
      for (const flag of FLAGS) expect(commands(texts.flags[flag].next)).toEqual(commands(TEXTS.en.flags[flag].next));
      for (const detail of DETAILS)
        expect(commands(texts.details[detail].next)).toEqual(commands(TEXTS.en.details[detail].next));
      for (const status of STATUSES)
        expect(commands(texts.statuses[status].next)).toEqual(commands(TEXTS.en.statuses[status].next));
    }
  });

  it('list as many causes in every language', () => {
    for (const flag of FLAGS) expect(TEXTS.zh.flags[flag].causes).toHaveLength(TEXTS.en.flags[flag].causes.length);
    for (const detail of DETAILS) {
      expect(TEXTS.zh.details[detail].causes?.length).toBe(TEXTS.en.details[detail].causes?.length);
      expect(TEXTS.zh.details[detail].from === undefined).toBe(TEXTS.en.details[detail].from === undefined);
    }
  });

  it('use every command', () => {
    const used = new Set(
      [
        ...Object.values(TEXTS.en.flags),
        ...Object.values(TEXTS.en.groups),
        ...Object.values(TEXTS.en.details),
        ...Object.values(TEXTS.en.statuses),
      ].flatMap(text => commands(text.next) ?? []),
    );
    expect(Object.keys(COMMANDS).filter(key => !used.has(key as keyof typeof COMMANDS))).toEqual([]);
  });
});
