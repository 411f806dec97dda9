import type { Found } from '../drift/find.js';
import { UNKNOWN_ADDRESS } from '../witness/entry.js';
import { ANY_HOST } from '../witness/route-request.js';
import type { Effects } from './effects.js';
import { unseenEffects } from './unseen-effects.js';

/** What it means that TCP to port 53 ends: iptables captures no UDP. */
export const NO_DNS =
  'DNS over TCP through the mesh gets no answer: Envoy closes the connection. DNS over UDP is not captured and goes on, so names still resolve until an answer is too long for UDP or a resolver insists on TCP.';

/** Kinds whose meaning shows in no traced request. */
const UNTRACED: Partial<Record<Found['pair']['kind'], string>> = {
  secret: 'Not traced: whether a handshake goes well with it depends on the certificates of both sides.',
  bootstrap: 'Not traced: the bootstrap says how the proxy runs, not where requests go.',
  'scoped-route': 'Not traced: which scope a request has depends on its headers.',
};

/** What the effects come to; also that there is none, and on what ground. */
export function effectInWords(found: Found, { effects, traced, alike }: Effects): string {
  if (found.isOnlyRejection) return 'No effect now: what serves is the same on both sides.';
  if (effects.length > 0) return [countInWords(effects.length), ...remarks(effects)].join(' ');
  const untraced = UNTRACED[found.pair.kind];
  if (untraced !== undefined) return untraced;
  if (traced === 0) return 'No effect: no route and no listener leads there.';
  const unseen = unseenInWords(found);
  const end = alike.length === 1 ? `: ${alike[0]}` : '';
  return traced === 1
    ? `No effect on how requests end: the one traced through it ends alike on both sides${end}.${unseen}`
    : `No effect on how requests end: ${traced === 2 ? 'both' : `all ${traced}`} traced through it end alike on both sides${end}.${unseen}`;
}

function unseenInWords({ pair, paths }: Found): string {
  const effects = unseenEffects(pair.kind, paths);
  return effects.length === 0 ? '' : ` What it does change: ${effects.join(', ')}.`;
}

function countInWords(count: number): string {
  return count === 1 ? 'One kind of request ends otherwise.' : `${count} kinds of requests end otherwise.`;
}

/** What an end means that its words do not say. */
function remarks(effects: Effects['effects']): string[] {
  const isDns = effects.some(
    ({ request, weight }) => request.protocol === 'tcp' && request.port === 53 && weight === 2,
  );
  const isBypass = effects.some(
    ({ left, right }) => left.startsWith('forwarded') && right.startsWith('passed through'),
  );
  return [
    ...(isDns ? [NO_DNS] : []),
    ...(effects.some(({ request }) => isStandIn(request))
      ? [`${ANY_HOST} and ${UNKNOWN_ADDRESS} stand for whatever the mesh does not know.`]
      : []),
    ...(isBypass ? ['Passed through means without the mesh’s routing, policies and mutual TLS.'] : []),
  ];
}

function isStandIn({ host, ip }: Readonly<Record<string, unknown>>): boolean {
  return ip === UNKNOWN_ADDRESS || (typeof host === 'string' && host.startsWith(ANY_HOST));
}
