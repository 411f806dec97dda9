import type { View } from './view.js';

/**
 * What a function says of an object, worked out once for as long as the object lives. It may depend on the object alone: `say` gets nothing
 * else, so that nothing of a request can be remembered for another one.
 */
export function oncePer<K extends object, V>(say: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { readonly said: V }>();
  return of => {
    let answer = known.get(of);
    if (answer === undefined) {
      answer = { said: say(of) };
      known.set(of, answer);
    }
    return answer.said;
  };
}

/** The same of a message of a dump, which stands in one place, however many views look at it. */
export function oncePerMessage<V>(say: (of: View) => V): (of: View) => V {
  const known = new WeakMap<object, { readonly said: V }>();
  return of => {
    let answer = known.get(of.value);
    if (answer === undefined) {
      answer = { said: say(of) };
      known.set(of.value, answer);
    }
    return answer.said;
  };
}

/** The same of two objects together. */
export function oncePerPair<A extends object, B extends object, V>(say: (a: A, b: B) => V): (a: A, b: B) => V {
  const ofFirst = oncePer((a: A) => oncePer((b: B) => say(a, b)));
  return (a, b) => ofFirst(a)(b);
}

/** The same of the object that was asked about last only, where an answer is large and all who need it ask in a row. */
export function onceInARow<K extends object, V>(say: (of: K) => V): (of: K) => V {
  let last: { readonly of: K; readonly said: V } | null = null;
  return of => {
    if (last?.of !== of) last = { of, said: say(of) };
    return last.said;
  };
}
