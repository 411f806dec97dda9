import type { SourceDocument } from '../source/document.js';

/** Documents to decode, and what the user should know of how they were found. */
export interface Sources {
  /** Each with whether the user named it by itself, so that he must hear of it where it cannot be read. */
  readonly documents: readonly NamedDocument[];
  readonly warnings: readonly string[];
}

export interface NamedDocument {
  readonly document: SourceDocument;
  readonly isNamed: boolean;
  /** SHA-256 that its file had when it was captured, where a manifest tells. */
  readonly sha256?: string;
}
