const MAX_NAMES = 5;
/** The share of the shorter name's letter pairs that must be found again: catches typos and pods replaced by others. */
const MIN_SHARE = 0.6;

/**
 * The proxies whose pod names resemble the one of `target`, the closest first, at most five.
 * `target` may be a pod that was replaced, a service or a deployment: `reviews` is near `reviews-v1-…`.
 */
export function nearNames(target: string, proxies: readonly string[]): string[] {
  const wanted = pairs(podPart(target));
  const ranked = proxies
    .map(name => ({ name, ...similarity(wanted, pairs(podPart(name))) }))
    .filter(({ share }) => share >= MIN_SHARE)
    .sort((a, b) => b.share - a.share || b.common - a.common || a.name.localeCompare(b.name));
  return ranked.slice(0, MAX_NAMES).map(({ name }) => name);
}

function podPart(name: string): string {
  return name.slice(name.indexOf('/') + 1).split('.')[0] ?? '';
}

function pairs(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
}

function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): { share: number; common: number } {
  const common = [...a].filter(pair => b.has(pair)).length;
  return { share: common / Math.max(1, Math.min(a.size, b.size)), common };
}
