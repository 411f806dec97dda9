import { rank, type SyncNote } from '../../compare/sync-notes/note.js';
import type { StatusReport } from '../../compare/sync-state.js';
import type { Style } from '../paint.js';
import { printable } from '../printable.js';
import { shellLines } from '../shell-lines.js';
import { hang } from '../wrap.js';
import type { StatusTableOptions } from './table.js';

const MAX_NAMES = 3;
const INDENT = '         ';

const LABELS: Readonly<Record<SyncNote['severity'], { readonly label: string; readonly style: Style }>> = {
  error: { label: 'error', style: 'bad' },
  warning: { label: 'warning', style: 'warn' },
  info: { label: 'note', style: 'dim' },
};

/** Notes that say the same: their text stands once, below a line for each title. */
interface NoteGroup {
  readonly note: SyncNote;
  /** The proxies by title; none for a note on the whole listing. */
  readonly titles: Map<string, string[]>;
}

/** The notes, the gravest first, each followed by what to do. */
export function statusNotes(report: StatusReport, options: StatusTableOptions): string[] {
  const groups = grouped(report);
  if (groups.length === 0) return report.proxies.length === 0 ? [] : ['Nothing to mend: every state is SYNCED.'];
  return groups.flatMap((group, index) => [
    ...(index === 0 ? [] : ['']),
    ...noteLines(group, report.proxies.length, options),
  ]);
}

function grouped(report: StatusReport): NoteGroup[] {
  const groups = new Map<string, NoteGroup>();
  for (const note of report.notes) groups.set(note.title, newGroup(note));
  for (const { name, notes } of report.proxies) {
    for (const note of notes) {
      const key = `${note.code} ${note.text}`;
      const group = groups.get(key) ?? newGroup(note);
      const known = group.titles.get(note.title);
      if (known === undefined) group.titles.set(note.title, [name]);
      else known.push(name);
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort((a, b) => rank(a.note.severity) - rank(b.note.severity));
}

function newGroup(note: SyncNote): NoteGroup {
  return { note, titles: new Map([[note.title, []]]) };
}

/** The commands are those of the first proxy: for the others only the name differs. */
function noteLines({ note, titles }: NoteGroup, total: number, { width, paint }: StatusTableOptions): string[] {
  const { label, style } = LABELS[note.severity];
  const heads = [...titles].flatMap(([title, names]) => hang(INDENT, printable(title + whose(names, total)), width));
  const head = heads.map(line => paint('bold', line.slice(INDENT.length)));
  return [
    ...head.map((line, index) => (index === 0 ? paint(style, label) + INDENT.slice(label.length) : INDENT) + line),
    ...hang(INDENT, printable(note.text), width),
    ...(note.remedy === null ? [] : hang(`${INDENT}→ `, printable(note.remedy), width)),
    ...note.commands.flatMap(command => shellLines(printable(command), `${INDENT}  `, width)),
  ];
}

function whose(names: readonly string[], total: number): string {
  if (names.length === 0) return '';
  if (names.length === total && total > MAX_NAMES) return `: all ${total} proxies`;
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
  return `: ${names.slice(0, MAX_NAMES).join(', ')}${more}`;
}
