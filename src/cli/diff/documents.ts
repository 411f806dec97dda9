import type { DecodedDocument } from '../../decode/document.js';
import { DecodeProblem } from '../../decode/problem.js';
import { toUtf8 } from '../../decode/text-encoding.js';
import { isStatusDiff, parseStatusDiff, type StatusDiff } from '../../decode/unified-diff/status-diff.js';
import { isPilotDocument } from '../../model/snapshot.js';
import { decodeAll } from '../decoded.js';
import type { Io } from '../io.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
import { saved } from '../saved.js';
import type { NamedDocument } from '../sources.js';

/** What was read for a comparison, by what it is. */
export interface DiffDocuments {
  readonly pilot: readonly DecodedDocument[];
  readonly envoy: readonly DecodedDocument[];
  readonly texts: readonly StatusDiff[];
  /** What istioctl said instead of an answer, in a file of its own: `unable to find config dump in Pilot responses`. */
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
}

/** istioctl's words where one side cannot be had. */
const REFUSAL = /^Error: (unable to (?:find config dump in|retrieve)[^\n]*)/m;

/** Reads saved files: dumps of either side, and the text of `istioctl proxy-status POD`. Throws SourceError or DecodeProblem where nothing can be read. */
export async function savedDocuments(
  paths: readonly string[],
  options: SourceOptions & GlobalOptions,
  io: Io,
): Promise<DiffDocuments> {
  const { documents, warnings } = await saved(paths, options, io);
  return documentsOf(documents, warnings, options, io);
}

/** Decodes documents, and parts Pilot's from Envoy's. Throws DecodeProblem where none of them is of use. */
export async function documentsOf(
  documents: readonly NamedDocument[],
  warnings: readonly string[],
  options: GlobalOptions,
  io: Io,
): Promise<DiffDocuments> {
  const texts: StatusDiff[] = [];
  const refusals: string[] = [];
  const others: NamedDocument[] = [];
  for (const named of documents) {
    const head = toUtf8(await named.document.head()).toString('utf8');
    const refusal = REFUSAL.exec(head)?.[1];
    if (isStatusDiff(head))
      texts.push(parseStatusDiff(toUtf8((await named.document.load()).bytes).toString('utf8'), named.document.name));
    else if (refusal !== undefined) refusals.push(refusal);
    else others.push(named);
  }
  const decoded = await decodeAll(others, options, io);
  const problem = decoded.problem ?? refusalProblem(refusals);
  if (decoded.documents.length === 0 && texts.length === 0 && problem !== null) throw problem;
  return {
    pilot: decoded.documents.filter(isPilotDocument),
    envoy: decoded.documents.filter(document => !isPilotDocument(document)),
    texts,
    refusals,
    warnings: [...warnings, ...decoded.warnings],
  };
}

function refusalProblem([refusal]: readonly string[]): DecodeProblem | null {
  return refusal === undefined ? null : missingPilot('istioctl proxy-status', [refusal]);
}

/** Pilot's side is not there: says so, with istioctl's reason where that was saved. */
export function missingPilot(name: string, refusals: readonly string[], pod = 'POD.NAMESPACE'): DecodeProblem {
  const [refusal] = refusals;
  const isUnknown = refusal?.includes('unable to find config dump') === true;
  const what =
    refusal === undefined
      ? 'has no Pilot’s side beside it to compare with'
      : `was not compared: istioctl said “${refusal}”`;
  const hint = isUnknown
    ? 'No Pilot that was asked knows this proxy: it is connected to another one, or to none. Look at mesh-trace status, and at the discovery address in its bootstrap.'
    : `Save the text of istioctl proxy-status POD and give it as well, or istiod’s own page: istioctl experimental internal-debug 'config_dump?proxyID=${pod}' > pilot.json`;
  return new DecodeProblem(name, what, hint);
}
