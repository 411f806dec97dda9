import type { TraceResult } from '../trace/result.js';
import { whatIfChanges } from '../trace/what-if.js';

/** What was taken as given on both sides, each once; what is changed for a what-if is told by itself. */
export function assumptionsOf(result: TraceResult): string[] {
  const changes = whatIfChanges(result).length;
  const peer = result.peer === undefined ? [] : assumptionsOf(result.peer);
  return [...new Set([...result.assumptions.slice(changes), ...peer])];
}
