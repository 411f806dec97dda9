import { expect, it } from 'vitest';
import { debugOption, languageOption, quietOption } from '../../src/cli/output-options.js';

it.each([
  [languageOption, '--lang <language>'],
  [quietOption, '-q, --quiet'],
  [debugOption, '--debug'],
])('%o stands below a heading where there is one', (option, flags) => {
  expect(option('Output:')).toMatchObject({ flags, helpGroupHeading: 'Output:' });
  expect(option().helpGroupHeading).toBeUndefined();
});
