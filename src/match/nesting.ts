import { type Unknown, unsupported } from './ternary.js';

/** How deep a message may be nested: protobuf takes none that is nested deeper, so no Envoy runs one. */
export const MAX_NESTING = 100;

export function nestedTooDeep(what: string): Unknown {
  return unsupported(`a ${what} nested deeper than ${MAX_NESTING} levels`);
}
