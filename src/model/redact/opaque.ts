import { lastWord } from './key-words.js';

/** Environment values that are long and random, yet no secrets: names, digests and versions. */
const HARMLESS = new Set([
  'name',
  'namespace',
  'owner',
  'sha',
  'hash',
  'digest',
  'image',
  'version',
  'revision',
  'uid',
]);

const MIN_LENGTH = 20;
/** Bits a character: words in a name have less, random Base64 has more. */
const MIN_ENTROPY = 3.4;

/** Whether an environment value looks like a secret by itself: one long run of mixed, random characters. */
export function looksOpaque(key: string, value: string): boolean {
  if (HARMLESS.has(lastWord(key))) return false;
  const runs = value.match(/[A-Za-z0-9+/=_]+/g) ?? [];
  return runs.some(run => run.length >= MIN_LENGTH && isMixed(run) && entropy(run) >= MIN_ENTROPY);
}

function isMixed(run: string): boolean {
  const digits = run.match(/\d/g)?.length ?? 0;
  return digits >= 2 && /[A-Za-z]/.test(run) && !/\/[a-z]+\//.test(run);
}

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}
