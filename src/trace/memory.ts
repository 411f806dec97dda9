import type { ProxyConfig } from '../model/proxy.js';
import { frozenStep, type Held, heldBy, hold, holderOf } from './held.js';
import type { Step } from './result.js';
import type { Tracing } from './tracing.js';

/** One decision of the walk: changes what is known of a trace by nothing but that, and by its proxy’s configuration. */
export type Hop = (trace: Tracing) => void;

/** What is known where a walk stands, but for what the request has of its own. */
interface State {
  /** What a trace holds there; null where nobody needs to be told, as the next hop is not asked again or every trace that comes holds it. */
  held: Held | null;
  /** What each hop did from here, or where it led to where that cannot be told without the request. */
  readonly after: Map<Hop, Outcome | Way>;
}

/** More places on one way are not remembered: each request may come to another one, such as a redirect with its own path. */
const MOST_PLACES = 100;

/** A way that leads to several states. All that come by it are alike but for what they have of their own. */
class Way {
  private readonly places: Place[] = [];

  /** The place where a trace stands; undefined where none has been there. */
  placeOf(trace: Tracing): Place | undefined {
    const holdsAs = holderOf(trace);
    return this.places.find(
      ({ held, isRewritten, givenNow }) =>
        trace.givenNow === givenNow && trace.own.isRewritten === isRewritten && holdsAs(held),
    );
  }

  get isFull(): boolean {
    return this.places.length === MOST_PLACES;
  }

  add(place: Place): void {
    this.places.push(place);
  }
}

/** A state, and all by which a trace shows that it stands there. */
interface Place {
  readonly state: State;
  readonly held: Held;
  readonly isRewritten: boolean;
  readonly givenNow: string | null;
}

/** What a hop did. */
interface Outcome {
  readonly steps: readonly Step[];
  readonly state: State;
  readonly isEnd: boolean;
}

/** For so few walks through a proxy nothing is remembered: that costs as much as it saves. */
const FEW = 1;

/** More states than some thousand destinations have are not remembered. */
const MOST = 50_000;

/** What the hops did in one proxy, by where they stood. */
class Memory {
  private readonly starts = new WeakMap<object, Way>();
  private count = 0;
  walks = 0;

  constructor(readonly damage: number) {}

  /** Where walks of requests like this one begin. */
  startOf({ kind }: Tracing): Way {
    const known = this.starts.get(kind) ?? new Way();
    this.starts.set(kind, known);
    return known;
  }

  /** The state of a trace that came by a way; null where it is new and no more are remembered. */
  stateAfter(way: Way, trace: Tracing): State | null {
    const known = way.placeOf(trace);
    if (known !== undefined) return known.state;
    const state = way.isFull ? null : this.newState();
    const { givenNow, own } = trace;
    if (state !== null) way.add({ state, held: heldBy(trace), isRewritten: own.isRewritten, givenNow });
    return state;
  }

  newState(): State | null {
    if (this.count === MOST) return null;
    this.count++;
    return { held: null, after: new Map() };
  }
}

const memories = new WeakMap<ProxyConfig, Memory>();

/**
 * Takes hops one after another, up to the one that ends the trace. A hop that a request like this one has taken before, from where this one
 * stands, is not asked again: it decides by configuration and by what it looks at, and it looked at nothing that is the request’s own.
 */
export function takeHops(trace: Tracing, hops: readonly Hop[]): void {
  const memory = memoryOf(trace.proxy);
  if (memory !== null) new RememberedWalk(trace, memory).take(hops);
  else
    for (const hop of hops) {
      hop(trace);
      if (trace.end !== null) return;
    }
}

/** An entry that turns out to be no JSON when it is read changes what is known of the proxy. */
function memoryOf(proxy: ProxyConfig): Memory | null {
  const damage = proxy.damage.length;
  let memory = memories.get(proxy);
  if (memory === undefined || memory.damage !== damage) {
    memory = new Memory(damage);
    memories.set(proxy, memory);
  }
  memory.walks++;
  return memory.walks > FEW ? memory : null;
}

class RememberedWalk {
  /** Where the walk stands; null where that is not remembered. */
  private state: State | null;
  /** The trace does not hold what the state does. */
  private isBehind = false;
  /** A hop has just been learned that leads to the state. */
  private isNew = false;

  constructor(
    private readonly trace: Tracing,
    private readonly memory: Memory,
  ) {
    this.state = memory.stateAfter(memory.startOf(trace), trace);
  }

  take(hops: readonly Hop[]): void {
    for (const hop of hops) if (this.takeOne(hop)) break;
    this.catchUp();
    if (this.isNew && this.state !== null) this.state.held = heldBy(this.trace);
  }

  /** Whether the hop ends the trace. */
  private takeOne(hop: Hop): boolean {
    const { state } = this;
    const known = state?.after.get(hop);
    if (known !== undefined && !(known instanceof Way)) return this.repeat(known);
    this.catchUp();
    if (known !== undefined) this.run(hop, known);
    else if (state !== null) this.learn(hop, state);
    else hop(this.trace);
    return this.trace.end !== null;
  }

  private repeat({ steps, state, isEnd }: Outcome): boolean {
    this.trace.steps.push(...steps);
    this.state = state;
    this.isBehind = true;
    return isEnd;
  }

  private run(hop: Hop, way: Way): void {
    hop(this.trace);
    this.state = this.memory.stateAfter(way, this.trace);
  }

  private learn(hop: Hop, from: State): void {
    const { trace, memory } = this;
    const { length } = trace.steps;
    const { asked } = trace.choices;
    if (this.isNew) from.held = heldBy(trace);
    this.isNew = false;
    trace.own.isSeen = false;
    hop(trace);
    if (trace.own.isSeen || trace.choices.asked !== asked) {
      const way = new Way();
      from.after.set(hop, way);
      this.state = memory.stateAfter(way, trace);
      return;
    }
    this.state = memory.newState();
    if (this.state === null) return;
    const steps = trace.steps.slice(length).map(frozenStep);
    from.after.set(hop, { steps, state: this.state, isEnd: trace.end !== null });
    // Who comes there again is led on.
    from.held = null;
    this.isNew = true;
  }

  private catchUp(): void {
    if (this.isBehind && this.state !== null) {
      if (this.state.held === null) throw new Error('nobody knows what a trace holds here');
      hold(this.trace, this.state.held);
    }
    this.isBehind = false;
  }
}
