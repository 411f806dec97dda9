import { createRequire } from 'node:module';
import type { PathChange } from '../../compare/changes/changes.js';
import type { Difference, DriftResult } from '../../compare/drift/difference.js';
import { titleOf } from './words.js';

const CONTEXT = 3;

/** A line diff takes time that grows with the square of what differs: where that is more than this, fields are shown one by one. */
const MAX_EDITS = 2_000;

type Library = typeof import('diff');

/** The text diff of one difference's messages under the names of both sides, with three lines around each change; empty where it carries no texts. */
export function unifiedOf(difference: Difference, { left, right }: Pick<DriftResult, 'left' | 'right'>): string {
  const { texts, paths } = difference;
  if (texts === undefined) return '';
  const lines = linesOf(texts.left, texts.right) ?? paths.flatMap(fieldLines);
  const title = titleOf(difference);
  return lines.length === 0 ? '' : [`--- ${left}: ${title}`, `+++ ${right}: ${title}`, ...lines].join('\n');
}

/** The hunks between two texts; null where they differ too much. */
function linesOf(left: string | null, right: string | null): string[] | null {
  if (left === null || right === null) return oneSide(left, right);
  const { structuredPatch }: Library = createRequire(import.meta.url)('diff');
  const options = { context: CONTEXT, maxEditLength: MAX_EDITS };
  const patch = structuredPatch('', '', left, right, '', '', options);
  if (patch === undefined) return null;
  return patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines,
  ]);
}

/** The whole message of the side that has one. */
function oneSide(left: string | null, right: string | null): string[] {
  const lines = (left ?? right ?? '').trimEnd().split('\n');
  if (lines.length === 1 && lines[0] === '') return [];
  const sign = left === null ? '+' : '-';
  const head = left === null ? `@@ -0,0 +1,${lines.length} @@` : `@@ -1,${lines.length} +0,0 @@`;
  return [head, ...lines.map(line => `${sign}${line}`)];
}

function fieldLines({ at, left, right }: PathChange): string[] {
  return [`@@ ${at} @@`, ...signed('-', left), ...signed('+', right)];
}

function signed(sign: '-' | '+', value: PathChange['left']): string[] {
  return value === null
    ? []
    : JSON.stringify(value, null, 2)
        .split('\n')
        .map(line => `${sign}${line}`);
}
