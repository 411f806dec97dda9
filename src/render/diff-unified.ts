import { createRequire } from 'node:module';
import type { Difference } from '../compare/drift/difference.js';

const CONTEXT = 3;

type Library = typeof import('diff');

/** The text diff of one difference's messages, with three lines around each change; empty where it carries no texts. */
export function unifiedOf({ texts }: Difference): string {
  if (texts === undefined) return '';
  const { structuredPatch }: Library = createRequire(import.meta.url)('diff');
  const { hunks } = structuredPatch('', '', texts.left ?? '', texts.right ?? '', '', '', { context: CONTEXT });
  return hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) =>
      [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines].join('\n'),
    )
    .join('\n');
}
