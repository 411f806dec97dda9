import { DecodeProblem } from '../problem.js';

/** Kinds that `istioctl proxy-status POD` compares. */
export type StatusDiffKind = 'cluster' | 'listener' | 'route';

/** One line of a hunk: on both sides, Pilot's only, Envoy's only. */
interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** A stretch of Pilot's and Envoy's JSON with what differs in it. */
export interface Hunk {
  /** Line of the hunk in Pilot's and in Envoy's text, from 1. */
  readonly left: number;
  readonly right: number;
  readonly lines: readonly DiffLine[];
}

export interface StatusDiffSection {
  readonly kind: StatusDiffKind;
  readonly matches: boolean;
  readonly hunks: readonly Hunk[];
}

/** What `istioctl proxy-status POD` printed. */
export interface StatusDiff {
  /** Name of the document. */
  readonly name: string;
  /** As the text calls the control plane: `Pilot` (Istio 1.1), `Istiod`. */
  readonly controlPlane: string;
  readonly sections: readonly StatusDiffSection[];
  /** `RDS last loaded at`, in the words of the text; null where no route table was loaded. */
  readonly routesLoadedAt: string | null;
  /** Whether a hunk ends before the number of lines that its head tells. */
  readonly isCut: boolean;
}

const KINDS: Readonly<Record<string, StatusDiffKind>> = { Clusters: 'cluster', Listeners: 'listener', Routes: 'route' };
const VERDICT = /^(Clusters|Listeners|Routes) (Match|Don't Match)(?: \(RDS last loaded at ([^)]*)\))?\s*$/;
const HEAD = /^--- (Pilot|Istiod) (Clusters|Listeners|Routes)\s*$/;
const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** Whether a text is what `istioctl proxy-status POD` prints. */
export function isStatusDiff(text: string): boolean {
  return text.split('\n', 200).some(line => VERDICT.test(line) || HEAD.test(line));
}

/**
 * Reads the text of `istioctl proxy-status POD`, in the wording of Istio 1.1 (`Pilot`, no line before a diff of clusters or listeners) and of
 * today (`Istiod`, `Don't Match`). Throws DecodeProblem where it is none.
 */
export function parseStatusDiff(text: string, name: string): StatusDiff {
  const reading = new Reading();
  for (const line of text.split(/\r?\n/)) reading.line(line);
  if (reading.sections.length === 0)
    throw new DecodeProblem(
      name,
      'is not the text of istioctl proxy-status POD',
      'Save its output: istioctl proxy-status POD.NAMESPACE > diff.txt',
    );
  const { controlPlane, sections, routesLoadedAt, open } = reading;
  return { name, controlPlane, sections, routesLoadedAt, isCut: open.left > 0 || open.right > 0 };
}

interface OpenSection {
  readonly kind: StatusDiffKind;
  matches: boolean;
  readonly hunks: { readonly left: number; readonly right: number; readonly lines: DiffLine[] }[];
}

class Reading {
  readonly sections: OpenSection[] = [];
  controlPlane = 'Pilot';
  routesLoadedAt: string | null = null;
  /** Lines that the hunk being read still lacks. */
  readonly open = { left: 0, right: 0 };

  line(line: string): void {
    if (this.open.left > 0 || this.open.right > 0) this.hunkLine(line);
    else this.outside(line);
  }

  private outside(line: string): void {
    const verdict = VERDICT.exec(line);
    if (verdict !== null) {
      this.section(verdict[1] ?? '').matches = verdict[2] === 'Match';
      this.routesLoadedAt ??= verdict[3] ?? null;
      return;
    }
    const head = HEAD.exec(line);
    if (head !== null) {
      this.controlPlane = head[1] ?? 'Pilot';
      this.section(head[2] ?? '').matches = false;
      return;
    }
    const hunk = HUNK.exec(line);
    if (hunk === null) return;
    this.open.left = Number(hunk[2] ?? 1);
    this.open.right = Number(hunk[4] ?? 1);
    this.sections.at(-1)?.hunks.push({ left: Number(hunk[1]), right: Number(hunk[3]), lines: [] });
  }

  /** A blank line may have lost the space that marks it as common. */
  private hunkLine(line: string): void {
    const first = line[0];
    const sign = first === '-' || first === '+' ? first : ' ';
    if (sign !== '+') this.open.left--;
    if (sign !== '-') this.open.right--;
    this.sections
      .at(-1)
      ?.hunks.at(-1)
      ?.lines.push({ sign, text: line.slice(1) });
  }

  private section(word: string): OpenSection {
    const kind = KINDS[word] ?? 'cluster';
    const known = this.sections.find(section => section.kind === kind);
    if (known !== undefined) return known;
    const section: OpenSection = { kind, matches: false, hunks: [] };
    this.sections.push(section);
    return section;
  }
}
