import { replaceAddresses } from './address-text.js';
import { AddressCipher } from './addresses.js';
import { LetterCipher } from './letters.js';
import type { Names } from './names.js';
import { regexPieces } from './regex-text.js';
import { isCommonWord } from './vocabulary.js';
import { inCaseOf, partsOf, replaceWords } from './words.js';

/** A piece of a word and its pseudonym. */
type Piece = readonly [piece: string, pseudonym: string];

/**
 * Stable pseudonyms for the names and addresses of a mesh, drawn from a secret key: the same name gives the same pseudonym
 * wherever it stands, alone or as a part of a host, a cluster's name, a path or a SPIFFE id.
 */
export class Pseudonyms {
  readonly addresses: AddressCipher;
  private readonly letters: LetterCipher;
  private readonly names: ReadonlySet<string>;
  private readonly beginnings: readonly string[];
  private readonly commonBeginnings: readonly string[];
  private readonly endings: readonly string[];
  private readonly known = new Map<string, readonly Piece[] | null>();

  constructor(key: string, { words, beginnings, endings }: Names) {
    this.addresses = new AddressCipher(key);
    this.letters = new LetterCipher(key);
    this.names = new Set([...words, ...endings.filter(piece => !isCommonWord(piece))]);
    this.beginnings = beginnings.filter(piece => !isCommonWord(piece));
    this.commonBeginnings = longestFirst(beginnings.filter(isCommonWord));
    this.endings = longestFirst(endings);
  }

  /** A text with its names and addresses replaced. */
  text(text: string): string {
    return replaceAddresses(text, this.addresses, between => replaceWords(between, word => this.word(word)));
  }

  /** The same for a regular expression, whose classes, escapes and flags are no names. */
  pattern(pattern: string): string {
    return regexPieces(pattern)
      .map(({ text, isSyntax }) => (isSyntax ? text : this.text(text)))
      .join('');
  }

  /** Every word and address that was replaced so far and what it became, sorted: what its owner needs to read an answer. */
  replaced(): Record<string, string> {
    const words = [...this.known].flatMap(([word, pieces]) =>
      pieces === null ? [] : [[word, inCase(word, pieces)] as const],
    );
    const all = [...words, ...this.addresses.replaced()];
    return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The whole word where it is a name; else what in it `camelCase` shows to be one. */
  private word(word: string): string {
    const pieces = this.piecesOf(word.toLowerCase(), isCommonWord(word));
    if (pieces !== null) return inCase(word, pieces);
    const parts = partsOf(word);
    return parts.length === 1 ? word : parts.map(part => this.word(part)).join('');
  }

  /** The pseudonyms of a name's pieces, one as a rule; null where the word is no name. */
  private piecesOf(word: string, isCommon: boolean): readonly Piece[] | null {
    if (isCommon && !this.names.has(word)) return null;
    let pieces = this.known.get(word);
    if (pieces === undefined) {
      pieces = this.isName(word) ? this.split(word) : null;
      this.known.set(word, pieces);
    }
    return pieces;
  }

  private isName(word: string): boolean {
    return (
      this.names.has(word) ||
      this.beginnings.some(piece => word.startsWith(piece)) ||
      this.endings.some(piece => word.endsWith(piece) && !isCommonWord(piece))
    );
  }

  /**
   * A common word that patterns match stays at the beginning or end of a name, as it does alone. Another ending is a piece of
   * its own, so that its pseudonym is the ending of the whole one’s; other beginnings are kept by the cipher.
   */
  private split(word: string): Piece[] {
    const beginning = this.commonBeginnings.find(piece => word.length > piece.length && word.startsWith(piece)) ?? '';
    const rest = word.slice(beginning.length);
    const ending = this.endings.find(piece => rest.length > piece.length && rest.endsWith(piece)) ?? '';
    const middle = rest.slice(0, rest.length - ending.length);
    const pieces: Piece[] = [
      [beginning, beginning],
      [middle, this.letters.encrypt(middle)],
      [ending, isCommonWord(ending) ? ending : this.letters.encrypt(ending)],
    ];
    return pieces.filter(([piece]) => piece !== '');
  }
}

function longestFirst(pieces: readonly string[]): string[] {
  return [...pieces].sort((a, b) => b.length - a.length);
}

function inCase(word: string, pieces: readonly Piece[]): string {
  let at = 0;
  return pieces
    .map(([piece, pseudonym]) => {
      at += piece.length;
      return inCaseOf(word.slice(at - piece.length, at), pseudonym);
    })
    .join('');
}
