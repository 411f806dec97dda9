import type { Limits } from '../source/limits.js';
import type { SourceOptions } from './options.js';

/** The limits on archives and folders that the command line sets. */
export function limitsOf({ maxEntries, maxTotalBytes, maxFileBytes, maxRatio }: SourceOptions): Partial<Limits> {
  return {
    ...(maxEntries === undefined ? {} : { entries: maxEntries }),
    ...(maxTotalBytes === undefined ? {} : { totalBytes: maxTotalBytes }),
    ...(maxFileBytes === undefined ? {} : { fileBytes: maxFileBytes }),
    ...(maxRatio === undefined ? {} : { ratio: maxRatio }),
  };
}
