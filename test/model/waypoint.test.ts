import { describe, expect, it } from 'vitest';
import { View } from '../../src/model/view.js';
import { waypointServiceAddress } from '../../src/model/waypoint.js';

/** A waypoint's internal listener whose matcher has these ranges. */
function listenerWith(...ranges: object[]): View {
  const custom_match = { typed_config: { range_matchers: ranges } };
  return new View({ filter_chain_matcher: { matcher_tree: { custom_match } } }, '');
}

const range = (ip: string, chain: string) => ({
  ranges: [{ address_prefix: ip, prefix_len: 32 }],
  on_match: { action: { name: chain } },
});

const REVIEWS = 'reviews.default.svc.cluster.local';

describe('waypointServiceAddress', () => {
  it.each<[string, string | null, object[]]>([
    [
      'the range that leads to the service’s port',
      '10.96.0.2',
      [
        range('10.96.0.1', `inbound-vip|8000||${REVIEWS}-http`),
        range('10.96.0.2', `inbound-vip|9080||${REVIEWS}-http`),
      ],
    ],
    [
      'a range behind one that leads nowhere',
      '10.96.0.2',
      [{ ranges: [{ address_prefix: '10.96.0.1' }] }, range('10.96.0.2', `inbound-vip|9080||${REVIEWS}-http`)],
    ],
    ['none, where no range leads to it', null, [range('10.96.0.1', 'inbound-vip|9080||ratings.default-http')]],
    ['none, where the listener has no matcher', null, []],
  ])('finds %s', (_, expected, ranges) => {
    expect(waypointServiceAddress(listenerWith(...ranges), REVIEWS, 9080)).toBe(expected);
  });
});
