import { fragmentOf } from './fragment.js';
import { nameIn } from './name.js';
import type { Hunk, StatusDiff, StatusDiffKind, StatusDiffSection } from './status-diff.js';

/** What a hunk shows of one resource on one side. */
export interface Segment {
  /** Null where neither the name nor anything that tells it shows. */
  readonly name: string | null;
  /** The name itself does not show: it is told by what the resource refers to. */
  readonly isInferred: boolean;
  /** Whether the name stands in a line that this side alone has. */
  readonly isOwnName: boolean;
  /** Whether the whole resource shows. */
  readonly isWhole: boolean;
  /** Whether it has a line that the other side does not have. */
  readonly hasOwnLines: boolean;
  /** The part of the resource's entry that shows; undefined where it is no JSON. */
  readonly json: unknown;
  /** The line in the side's text of the first line that the other side does not have, else of the first one. */
  readonly line: number;
  /** How many levels below the resource's own fields the outermost field of the part stands; negative where it stands above them. */
  readonly depth: number;
}

interface Line {
  readonly text: string;
  readonly number: number;
  readonly isOwn: boolean;
}

/** How a section is indented: the brackets of its entries, the resources' own fields, and by how much a level. */
export interface Layout {
  readonly entry: number;
  readonly field: number;
  readonly unit: number;
}

const ENTRY_KEY = /^(\s*)"(?:cluster|listener|routeConfig|activeState|warmingState|drainingState|errorState)": \{$/;
const NAME = /^(\s*)"name": "((?:[^"\\]|\\.)*)",?$/;

/** The indentation of a section, from the first entry that a hunk shows begin; where none does, as istioctl of that time prints it. */
export function layoutOf(diff: StatusDiff, { kind, hunks }: StatusDiffSection): Layout {
  const usual = USUAL[diff.controlPlane === 'Pilot' ? 'Pilot' : 'Istiod'];
  const { unit } = usual;
  for (const { lines } of hunks) {
    for (const [at, { text }] of lines.entries()) {
      const outer = ENTRY_KEY.exec(text);
      const before = lines[at - 1]?.text ?? '';
      if (outer === null || before.trim() !== '{' || indentOf(before) >= (outer[1]?.length ?? 0)) continue;
      const inner = lines.slice(at + 1, at + 3).find(line => ENTRY_KEY.exec(line.text) === null);
      if (inner !== undefined) return { entry: indentOf(before), field: indentOf(inner.text), unit };
    }
  }
  return { entry: usual.entry, field: usual[kind], unit };
}

const USUAL = {
  Pilot: { unit: 3, entry: 6, cluster: 12, route: 12, listener: 12 },
  Istiod: { unit: 4, entry: 8, cluster: 16, route: 16, listener: 20 },
};

/** The resources that a hunk shows on one side, in order; the first and the last may be cut. */
export function segmentsOf(hunk: Hunk, side: 'left' | 'right', kind: StatusDiffKind, layout: Layout): Segment[] {
  const own = side === 'left' ? '-' : '+';
  const lines = hunk.lines
    .filter(({ sign }) => sign === ' ' || sign === own)
    .map(({ sign, text }, index) => ({ text, number: hunk[side] + index, isOwn: sign === own }));
  return split(lines, layout).map(part => segmentOf(part, kind, layout));
}

function split(lines: readonly Line[], layout: Layout): Line[][] {
  const parts: Line[][] = [[]];
  for (const line of lines) {
    const isOpening = line.text.trim() === '{' && indentOf(line.text) === layout.entry;
    if (isOpening) parts.push([line]);
    else parts.at(-1)?.push(line);
  }
  return parts.filter(part => part.some(({ text }) => /[^\s{}[\],]/.test(text)));
}

function segmentOf(lines: readonly Line[], kind: StatusDiffKind, layout: Layout): Segment {
  const isWhole = isBracket(lines[0], '{', layout) && lines.slice(1).some(line => isBracket(line, '}', layout));
  const named = lines.find(({ text }) => indentOf(text) === layout.field && NAME.test(text));
  const name =
    named === undefined
      ? nameIn(
          lines.map(({ text }) => text),
          kind,
        )
      : unquoted(NAME.exec(named.text)?.[2] ?? '');
  return {
    name,
    isInferred: named === undefined && name !== null,
    isOwnName: named?.isOwn === true,
    isWhole,
    hasOwnLines: lines.some(({ isOwn }) => isOwn),
    line: (lines.find(({ isOwn }) => isOwn) ?? lines[0])?.number ?? 0,
    json: fragmentOf(lines.map(({ text }) => text)),
    depth: depthOf(lines, layout),
  };
}

function depthOf(lines: readonly Line[], { field, unit }: Layout): number {
  const indents = lines.filter(({ text }) => /^\s*"/.test(text)).map(({ text }) => indentOf(text));
  return indents.length === 0 ? 0 : (Math.min(...indents) - field) / unit;
}

function isBracket(line: Line | undefined, bracket: string, layout: Layout): boolean {
  return line !== undefined && line.text.trim().replace(',', '') === bracket && indentOf(line.text) === layout.entry;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function unquoted(text: string): string {
  return String(JSON.parse(`"${text}"`));
}
