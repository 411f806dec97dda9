import { describe, expect, it } from 'vitest';
import { type Explanation, explainTerm, termsByKind } from '../../../src/findings/explain.js';
import { LANGUAGES, type Language } from '../../../src/findings/explanations/text.js';
import { explanationMarkdown, explanationText } from '../../../src/render/explanation/explanation.js';
import { plain } from '../../../src/render/paint.js';
import { commandsIn, tooLong } from '../../support/too-long.js';

function explained(query: string, language: Language): Explanation {
  const explanation = explainTerm(query, language);
  if (explanation === null) throw new Error(`${query} is unknown`);
  return explanation;
}

describe('explanationText', () => {
  it.each<[string, Language]>([
    ['NC', 'en'],
    ['UF,URX', 'en'],
    ['503 UH', 'zh'],
    ['upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_111}', 'en'],
    ['rbac_access_denied_matched_policy[ns[foo]-policy[bar]-rule[0]]', 'zh'],
  ])('%s in %s', (query, language) => {
    expect(explanationText(explained(query, language), { width: 80, language, paint: plain })).toMatchSnapshot();
  });

  it.each(LANGUAGES.flatMap(language => [60, 80].map(width => [language, width] as const)))(
    'keeps within the width in %s at %i columns, commands unbroken or so that they can be copied',
    (language, width) => {
      for (const term of termsByKind().flatMap(({ terms }) => terms)) {
        const explanation = explained(term, language);
        const text = explanationText(explanation, { width, language, paint: plain });
        expect(tooLong(text, width)).toEqual([]);
        const commands = explanation.terms.flatMap(({ next }) => next.flatMap(({ command }) => command ?? []));
        expect(commandsIn(text)).toEqual(commands);
      }
    },
  );

  it('says when a text is in English only', () => {
    const english = explained('NC', 'en');
    expect(explanationText(english, { width: 80, language: 'zh', paint: plain })).toContain('这段文字只有英文。');
    expect(explanationText(english, { width: 80, language: 'en', paint: plain })).not.toContain('English only');
  });
});

describe('explanationMarkdown', () => {
  it('has a heading, facts, causes and commands', () => {
    expect(explanationMarkdown(explained('NC', 'en'), 'en')).toMatchSnapshot();
  });

  it('puts the explained brackets and the pair of flags where they are seen', () => {
    expect(explanationMarkdown(explained('jwt_authn_access_denied{Jwt_is_expired}', 'en'), 'en')).toContain(
      '- `Jwt_is_expired`: The token has expired.',
    );
    expect(explanationMarkdown(explained('UF,URX', 'en'), 'en')).toMatch(/^> UF with URX/);
  });
});
