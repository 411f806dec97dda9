import { twoSnapshots } from '../../compare/drift/sides.js';
import { DecodeProblem } from '../../decode/problem.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { selectProxy } from '../../model/select.js';
import type { Compared } from './results.js';

/** The proxies of two snapshots, pair by pair, and those that have no partner. */
export interface Paired {
  readonly compared: readonly Compared[];
  readonly warnings: readonly string[];
}

/**
 * Pairs proxies by name, then by workload where a pod was replaced; two single ones are a pair whatever their names.
 * Throws ProxyNotFound where the one that is named is not there, DecodeProblem where no pair is.
 */
export function pairSnapshots(
  before: readonly ProxyConfig[],
  after: readonly ProxyConfig[],
  labels: readonly [string, string],
  proxy: string | null,
): Paired {
  const [left, right] = proxy === null ? [before, after] : [[selectProxy(before, proxy)], [selectProxy(after, proxy)]];
  const pairs = left.length === 1 && right.length === 1 ? single(left, right) : byName(left, right);
  if (pairs.length === 0)
    throw new DecodeProblem(
      `${labels[0]} and ${labels[1]}`,
      'hold no proxy in common',
      'Name two proxies instead: mesh-trace diff a.ns b.ns -f snapshot',
    );
  const alone = (proxies: readonly ProxyConfig[], side: 0 | 1) =>
    proxies
      .filter(one => !pairs.some(pair => pair[side] === one))
      .map(({ name }) => `${name} is in ${labels[side]} only, and not compared`);
  return {
    compared: pairs.map(([ours, theirs]) => ({ mode: 'snapshots', ...twoSnapshots(ours, theirs, labels) })),
    warnings: [...alone(left, 0), ...alone(right, 1)],
  };
}

type Pair = readonly [ProxyConfig, ProxyConfig];

function single([ours]: readonly ProxyConfig[], [theirs]: readonly ProxyConfig[]): Pair[] {
  return ours === undefined || theirs === undefined ? [] : [[ours, theirs]];
}

function byName(left: readonly ProxyConfig[], right: readonly ProxyConfig[]): Pair[] {
  const open = new Set(right);
  const pairs = left.flatMap((ours): Pair[] => {
    const theirs = right.find(({ name }) => name === ours.name);
    if (theirs !== undefined) open.delete(theirs);
    return theirs === undefined ? [] : [[ours, theirs]];
  });
  const replaced = left.filter(ours => !pairs.some(([one]) => one === ours));
  for (const ours of replaced) {
    const theirs = [...open].find(({ name }) => workloadOf(name) === workloadOf(ours.name));
    if (theirs === undefined) continue;
    open.delete(theirs);
    pairs.push([ours, theirs]);
  }
  return pairs;
}

/** A pod's name without what its ReplicaSet and itself add. */
function workloadOf(name: string): string {
  return name.replace(/-[a-z0-9]{5,10}-[a-z0-9]{5}(?=\.|$)/, '');
}
