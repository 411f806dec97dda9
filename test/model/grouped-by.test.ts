import { expect, it } from 'vitest';
import { groupedBy, groupedByEach } from '../../src/model/grouped-by.js';

it('groups by one key, in the order of the items', () => {
  expect([...groupedBy(['bc', 'a', 'bd'], word => word.charAt(0))]).toEqual([
    ['b', ['bc', 'bd']],
    ['a', ['a']],
  ]);
});

it('groups by each of several keys, and leaves out what has none', () => {
  expect([...groupedByEach(['ab', '', 'b'], word => [...word])]).toEqual([
    ['a', ['ab']],
    ['b', ['ab', 'b']],
  ]);
});
