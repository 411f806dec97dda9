import type { ProxyConfig } from '../../model/proxy.js';
import type { TraceRequest } from '../../trace/request.js';
import type { TraceResult } from '../../trace/result.js';
import { RequestError } from '../../trace/target.js';
import { traceRequest } from '../../trace/trace.js';
import { withoutSecrets } from '../changes/masked.js';
import type { Effect } from '../drift/difference.js';
import type { Found } from '../drift/find.js';
import type { Side } from '../drift/side.js';
import { addressOrUnknown } from '../witness/entry.js';
import { witnessesOf } from '../witness/witnesses.js';
import { type Ending, endingOf, tellApart } from './ending.js';
import { withVersionOf } from './overlay.js';
import { urgencyOf } from './urgency.js';

/** More requests than this are not traced for one difference, and more effects are not told. */
const MAX_REQUESTS = 48;
const MAX_EFFECTS = 12;

/** What a difference does to traffic. */
export interface Effects {
  readonly effects: readonly Effect[];
  /** How many requests were traced on both sides. */
  readonly traced: number;
  /** How soon the worst of them should be looked at; 0 where there is none. */
  readonly urgency: number;
  /** How those ended that end alike on both sides. */
  readonly alike: readonly string[];
}

/** Traces the requests that a difference touches on both sides, and keeps those that end otherwise because of it. */
export function effectsOf(found: Found, left: Side, right: Side): Effects {
  if (found.isOnlyRejection) return { effects: [], traced: 0, urgency: 0, alike: [] };
  const effects = new Map<string, Effect & { readonly urgency: number }>();
  const alone = lazily(() => withVersionOf(left, found.pair));
  const alike = new Set<string>();
  let traced = 0;
  for (const request of witnessesOf(found, left, right)) {
    if (traced >= MAX_REQUESTS || effects.size >= MAX_EFFECTS) break;
    const [onLeft, onRight] = [traceOn(left.traced, request), traceOn(right.traced, request)];
    if (onLeft === null || onRight === null) continue;
    traced++;
    const [leftEnd, rightEnd] = [endingOf(onLeft), endingOf(onRight)];
    const apart = tellApart(leftEnd, rightEnd);
    if (apart === null) alike.add(leftEnd.text);
    if (apart === null || !isBy(alone(), request, leftEnd)) continue;
    const weight = weightOf(leftEnd, rightEnd);
    const key = JSON.stringify([onLeft.virtualHost, onLeft.route, onRight.route, apart]);
    if (!effects.has(key))
      effects.set(key, {
        request: withoutSecrets(onLeft.request),
        ...apart,
        weight,
        urgency: urgencyOf(weight, onLeft),
      });
  }
  const worstFirst = [...effects.values()].sort((a, b) => b.urgency - a.urgency);
  return {
    effects: worstFirst.map(({ urgency: _, ...effect }) => effect),
    traced,
    urgency: worstFirst[0]?.urgency ?? 0,
    alike: [...alike],
  };
}

/** Another difference may lie on the way of the same request: this one counts where it alone changes the end. */
function isBy(alone: ProxyConfig, request: TraceRequest, before: Ending): boolean {
  const result = traceOn(alone, request);
  return result !== null && tellApart(before, endingOf(result)) !== null;
}

function traceOn(proxy: ProxyConfig, request: TraceRequest): TraceResult | null {
  try {
    return traceRequest(proxy, toOwnAddress(proxy, request));
  } catch (error) {
    if (error instanceof RequestError) return null;
    throw error;
  }
}

/** What comes in goes to the proxy's own address, which is another one on each side where two proxies are compared. */
function toOwnAddress(proxy: ProxyConfig, request: TraceRequest): TraceRequest {
  return request.ip === undefined ? { ...request, ip: addressOrUnknown(proxy.node?.ip ?? null) } : request;
}

function weightOf(left: Ending, right: Ending): Effect['weight'] {
  if (left.isFailure === right.isFailure) return 1;
  return right.isFailure ? 2 : 0;
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
