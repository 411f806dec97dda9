/** A document that is not configuration, or is broken before anything could be read. */
export class DecodeProblem extends Error {
  constructor(
    /** Name of the document as the source gave it. */
    readonly document: string,
    /** One clause: what it is, or where it broke: `is an HTML page`, `breaks off at byte 1`. */
    readonly what: string,
    /** What to do about it, one sentence. */
    readonly hint: string,
  ) {
    super(`${document} ${what}`);
    this.name = 'DecodeProblem';
  }
}
