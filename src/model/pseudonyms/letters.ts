import { createHmac } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** Begins every pseudonym, so that it is no word of any language by accident. */
const MARK = 'z';

/**
 * Turns words into others under a secret key. Two words share a beginning of some length exactly when their pseudonyms do,
 * so that a prefix that is matched still is one; digits stay. The same key gives the same pseudonyms.
 * The idea is that of prefix-preserving anonymisation (Xu, Fan, Ammar, Moon, 2002), on letters instead of bits.
 */
export class LetterCipher {
  private readonly orders = new Map<string, string>();

  constructor(private readonly key: string) {}

  /** The pseudonym of a word in lower case. */
  encrypt(word: string): string {
    let pseudonym = MARK;
    for (let at = 0; at < word.length; at++) {
      const letter = ALPHABET.indexOf(word[at] ?? '');
      pseudonym += letter < 0 ? word[at] : this.orderBehind(word.slice(0, at))[letter];
    }
    return pseudonym;
  }

  /** The letters in the order that holds behind a beginning: a permutation drawn from its keyed hash. */
  private orderBehind(beginning: string): string {
    let order = this.orders.get(beginning);
    if (order === undefined) {
      order = shuffled(createHmac('sha256', this.key).update(`letters:${beginning}`).digest());
      this.orders.set(beginning, order);
    }
    return order;
  }
}

/** Fisher and Yates's shuffle of the alphabet, with a byte for each step. */
function shuffled(bytes: Buffer): string {
  const letters = [...ALPHABET];
  for (let last = letters.length - 1; last > 0; last--) {
    const other = (bytes[last] ?? 0) % (last + 1);
    [letters[last], letters[other]] = [letters[other] ?? '', letters[last] ?? ''];
  }
  return letters.join('');
}
