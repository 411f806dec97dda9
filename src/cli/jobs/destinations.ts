import type { TraceRequest } from '../../trace/request.js';
import { jobsFor } from './jobs-for.js';
import { MORE_FOR_FIRST, shared } from './turns.js';

/** Of so many requests to one destination the first, which costs more than the others, can be traced once more by another thread. */
const MOST_OF_ONE = 100;

/** What is worth a thread of its own, in requests to a destination that is known: it takes longer than the thread takes to begin. */
const COST_FOR_EACH = 1000;

/** Requests in groups of one destination each, so that what they have in common is worked out once. */
export interface Destinations {
  /** The number of each request's group, in memory that threads share. */
  readonly groups: Int32Array;
  /** What they cost together, in requests to a destination that is known. */
  readonly cost: number;
}

/** Groups requests by what says where they go. */
export function destinationsOf(requests: readonly TraceRequest[]): Destinations {
  const groups = shared(requests.length);
  const open = new Map<string, { readonly group: number; left: number }>();
  let count = 0;
  for (const [index, request] of requests.entries()) {
    const destination = destinationOf(request);
    let group = open.get(destination);
    if (group === undefined || group.left === 0) {
      group = { group: count++, left: MOST_OF_ONE };
      open.set(destination, group);
    }
    group.left--;
    groups[index] = group.group;
  }
  return { groups, cost: requests.length + MORE_FOR_FIRST * count };
}

/** The part of a URL before its path. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/** How many threads to use for requests that cost so much. */
export function threadsFor({ cost }: Destinations, jobs: number | undefined): number {
  return jobsFor(cost, jobs, COST_FOR_EACH);
}

function destinationOf({ proxy, to, ip, port, direction, host }: TraceRequest): string {
  const place = typeof to === 'string' ? (ORIGIN.exec(to)?.[0] ?? to) : to;
  return JSON.stringify([proxy, place, ip, port, direction, host]);
}
