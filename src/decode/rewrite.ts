import { isArrayAt, isObjectAt, parseRange, skipSpace, skipString, skipValue, walkArray, walkObject } from './scan.js';

/** How a document is changed, value by value; `P` tells where a value stands. */
export interface Rewriter<P> {
  /** The place of a member of an object: of a list, or of anything else. */
  readonly member: (place: P, key: string, isList: boolean) => P;
  /** The place of an item of a list. */
  readonly item: (place: P, index: number) => P;
  readonly value: (value: unknown, place: P) => unknown;
  /** The new key of a member of an object that is too large to be handed over as a whole. */
  readonly key: (key: string, place: P) => string;
}

/** Larger values are taken apart, so that a document may be larger than a JavaScript string can be. */
const MAX_PIECE = 1024 * 1024;

/**
 * A JSON document with its values changed, as pieces of bytes. Every value is printed anew, so that nothing of the old text
 * stays by accident, such as the first of two equal keys. Several documents one after another stay several.
 * Throws ScanError or SyntaxError where the document is not whole.
 */
export function rewriteJson<P>(bytes: Buffer, place: P, rewriter: Rewriter<P>): Buffer[] {
  const rewriting = new Rewriting(bytes, rewriter);
  for (let at = skipSpace(bytes, 0); at < bytes.length; ) at = skipSpace(bytes, rewriting.value(at, place));
  rewriting.copyTo(bytes.length);
  return rewriting.pieces;
}

class Rewriting<P> {
  readonly pieces: Buffer[] = [];
  /** Bytes up to here are done. */
  private end = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly rewriter: Rewriter<P>,
  ) {}

  /** Copies what stands between values: brackets, commas and spaces. */
  copyTo(at: number): void {
    if (at > this.end) this.pieces.push(this.bytes.subarray(this.end, at));
    this.end = at;
  }

  /** Rewrites the value that begins at byte `at`; returns the byte after it. */
  value(at: number, place: P): number {
    const end = skipValue(this.bytes, at);
    if (end - at > MAX_PIECE && isObjectAt(this.bytes, at)) return this.object(at, place);
    if (end - at > MAX_PIECE && isArrayAt(this.bytes, at)) return this.list(at, place);
    this.replace(at, end, this.rewriter.value(parseRange(this.bytes, at, end), place));
    return end;
  }

  private replace(at: number, end: number, value: unknown): void {
    this.copyTo(at);
    this.pieces.push(Buffer.from(JSON.stringify(value, null, 1)));
    this.end = end;
  }

  private object(at: number, place: P): number {
    let keyAt = skipSpace(this.bytes, at + 1);
    return walkObject(this.bytes, at, (key, valueAt) => {
      const member = this.rewriter.member(place, key, isArrayAt(this.bytes, valueAt));
      const name = this.rewriter.key(key, place);
      if (name !== key) this.replace(keyAt, skipString(this.bytes, keyAt), name);
      const end = this.value(valueAt, member);
      keyAt = skipSpace(this.bytes, skipSpace(this.bytes, end) + 1);
      return end;
    });
  }

  private list(at: number, place: P): number {
    return walkArray(this.bytes, at, (index, itemAt) => this.value(itemAt, this.rewriter.item(place, index)));
  }
}
