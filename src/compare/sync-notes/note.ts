/** Stable names of what can be said about a listing of proxies. */
type SyncNoteCode =
  | 'rejected'
  | 'stale'
  | 'starting'
  | 'not-sent'
  | 'not-subscribed'
  | 'states-not-shown'
  | 'eds-share'
  | 'unknown-state'
  | 'version-unknown'
  | 'version-skew'
  | 'control-planes'
  | 'control-plane-suspect'
  | 'listed-twice'
  | 'missing-proxy'
  | 'no-proxies'
  | 'unread-lines';

export type Severity = 'error' | 'warning' | 'info';

/** One thing worth saying, about one proxy or about the whole listing. */
export interface SyncNote {
  readonly code: SyncNoteCode;
  readonly severity: Severity;
  /** Whether this is how it should be, under the circumstances that the text names. */
  readonly normal: boolean;
  /** The xDS types it is about; empty for others. */
  readonly types: readonly string[];
  /** A few words: `RDS is NOT SENT`. */
  readonly title: string;
  /** What it means and whether it is normal, in whole sentences. */
  readonly text: string;
  /** What to do, in whole sentences; null where there is nothing to do. */
  readonly remedy: string | null;
  /** Commands that help, ready to copy. */
  readonly commands: readonly string[];
}

/** A note without what most notes do not have. */
export function note(given: Pick<SyncNote, 'code' | 'severity' | 'title' | 'text'> & Partial<SyncNote>): SyncNote {
  return { normal: given.severity === 'info', types: [], remedy: null, commands: [], ...given };
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** How grave a severity is: 0 for the gravest. */
export function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** The gravest severity of some notes; null where there are none. */
export function worstOf(notes: readonly SyncNote[]): Severity | null {
  return SEVERITIES.find(severity => notes.some(item => item.severity === severity)) ?? null;
}

/** Names in a sentence: `CDS, LDS and EDS`. */
export function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** `is` or `are`, by how many there are. */
export function are(names: readonly unknown[]): 'is' | 'are' {
  return names.length === 1 ? 'is' : 'are';
}
