/** A text that is no listing of proxies in any layout, or is broken before anything could be read. */
export class ProxyStatusError extends Error {
  constructor(
    /** One clause without subject: `is empty`, `breaks off inside a string`. */
    readonly what: string,
    /** What to do about it, one sentence. */
    readonly hint: string,
    /** The line where reading stopped, from 1. */
    readonly line: number,
    /** What had been made out until then, one clause; null when nothing. */
    readonly understood: string | null = null,
  ) {
    super(`line ${line}: the text ${what}${understood === null ? '' : `; understood so far: ${understood}`}`);
    this.name = 'ProxyStatusError';
  }
}
