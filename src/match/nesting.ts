import { type Unknown, unsupported } from './ternary.js';

/** How deep a message may be nested: protobuf takes none that is nested deeper, so no Envoy runs one. */
export const MAX_NESTING = 100;

/** The answer to a message (`what`, for people) that is nested deeper than that. */
export function nestedTooDeep(what: string): Unknown {
  return unsupported(`a ${what} nested deeper than ${MAX_NESTING} levels`);
}
