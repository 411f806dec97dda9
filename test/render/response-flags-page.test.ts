import { expect, it } from 'vitest';
import { responseFlagsPage } from '../../src/render/response-flags-page.js';

it('docs/semantics/response-flags.md is what the tables say', async () => {
  await expect(responseFlagsPage()).toMatchFileSnapshot('../../docs/semantics/response-flags.md');
});

it('no cell of its tables breaks the table', () => {
  const rows = responseFlagsPage()
    .split('\n')
    .filter(line => line.startsWith('| '));
  expect(rows.filter(row => ![4, 6].includes(row.split('|').length - 2))).toEqual([]);
});
