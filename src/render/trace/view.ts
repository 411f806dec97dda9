import type { TraceTexts } from '../lang/trace-texts.js';
import type { Paint } from '../paint.js';

/** How a result is shown to people. */
export interface TraceView {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
  /** Candidates, evidence and commands as well. */
  readonly verbose: boolean;
  /** The words around what the trace says itself. */
  readonly texts: TraceTexts;
}
