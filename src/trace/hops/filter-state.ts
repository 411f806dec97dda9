import type { Unknown } from '../../match/ternary.js';

/** What earlier HTTP filters left for later ones. */
export interface FilterState {
  /** Dynamic metadata by filter name. */
  readonly metadata: Map<string, unknown>;
  /** Why metadata under `FILTER/FIELD`, or under all fields of a filter (`FILTER/*`), is not known. */
  readonly unknown: Map<string, Unknown>;
  /** One line a filter, for the step. */
  readonly lines: string[];
}

/** Records the dynamic metadata that a filter writes under a name. */
export function writeMetadata(
  state: FilterState,
  name: string,
  fields: Readonly<Record<string, unknown>>,
  unknown: Readonly<Record<string, Unknown>>,
): void {
  if (Object.keys(fields).length > 0) state.metadata.set(name, { ...(state.metadata.get(name) as object), ...fields });
  for (const [field, missing] of Object.entries(unknown)) state.unknown.set(`${name}/${field}`, missing);
}
