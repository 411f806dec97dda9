import { composeClusters, composeDump } from '../../decode/compose.js';
import { sliceProxyStatus } from '../../decode/proxy-status/slice.js';
import { nodeHead } from '../../model/node-head.js';
import { HEAD_BYTES } from '../../source/document.js';
import {
  type FetchedDocument,
  fetchPilotConfig,
  fetchProxy,
  IstioctlError,
  type IstioctlOptions,
} from '../../source/istioctl/index.js';

/** One file of a snapshot before anything was taken out of it. */
export interface RawFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly commands: readonly string[];
}

/** What was asked about one proxy. */
export interface FetchedProxy {
  /** `pod.namespace`. */
  readonly name: string;
  readonly files: readonly RawFile[];
  readonly problems: readonly string[];
}

const NO_PILOT = 'Pilot’s side was not captured: this istioctl, or the istiod that it asks, does not hand it out';
const NO_STATUS = 'no istiod that was asked lists it, so there is no proxy-status';

/**
 * The files of one proxy: what Envoy runs, its endpoints’ health, what the listing of proxies says of it, and with `istiod`
 * Pilot’s side. Throws IstioctlError, ScanError where an answer is no JSON of the kind that was asked for.
 */
export async function fetchedProxy(
  target: string,
  status: FetchedDocument | null,
  istiod: boolean,
  options: IstioctlOptions,
): Promise<FetchedProxy> {
  const problems: string[] = [];
  const onWarning = (error: Error) => problems.push(`the health of its endpoints was not captured: ${error.message}`);
  const answers = await fetchProxy(target, { ...options, onWarning });
  const files = envoyFiles(answers);
  const name = nameOf(answers, target);
  const slice = status === null ? null : statusFile(name, status);
  if (status !== null && slice === null) problems.push(NO_STATUS);
  const pilot = istiod ? await pilotFile(name, problems, options) : null;
  return { name, files: [...files, ...[slice, pilot].filter(file => file !== null)], problems };
}

/** Envoy's side is of use without Pilot's. */
async function pilotFile(name: string, problems: string[], options: IstioctlOptions): Promise<RawFile | null> {
  try {
    const pilot = await fetchPilotConfig(name, options);
    if (pilot !== null) return fileOf('pilot_config_dump.json', pilot.bytes, [pilot]);
    problems.push(NO_PILOT);
  } catch (error) {
    if (!(error instanceof IstioctlError)) throw error;
    problems.push(`Pilot’s side was not captured: ${error.message}`);
  }
  return null;
}

/** One answer is Envoy’s own dump; several are istioctl’s lists, one a section. */
function envoyFiles(answers: readonly FetchedDocument[]): RawFile[] {
  const bySection = new Map(answers.map(answer => [answer.command[2] ?? '', answer]));
  const health = bySection.get('endpoint');
  const whole = bySection.get('all');
  const lists = answers.filter(answer => answer !== health);
  const sections = Object.fromEntries(lists.map(answer => [answer.command[2] ?? '', answer.bytes]));
  return [
    fileOf('config_dump.json', whole?.bytes ?? composeDump(sections), lists),
    ...(health === undefined ? [] : [fileOf('clusters.json', composeClusters(health.bytes), [health])]),
  ];
}

function statusFile(name: string, status: FetchedDocument): RawFile | null {
  const slice = sliceProxyStatus(status.bytes.toString('utf8'), name);
  if (slice === null) return null;
  const extension = slice.layout === 'json' ? 'json' : 'txt';
  return fileOf(`proxy-status.${extension}`, Buffer.from(slice.text), [status]);
}

function fileOf(name: string, bytes: Buffer, answers: readonly FetchedDocument[]): RawFile {
  return { name, bytes, commands: answers.map(answer => answer.name) };
}

/** The proxy names itself at the beginning of its bootstrap; where it does not, it is what was asked for. */
function nameOf(answers: readonly FetchedDocument[], target: string): string {
  const heads = answers.map(({ bytes }) => nodeHead(bytes.toString('latin1', 0, HEAD_BYTES)));
  return heads.find(head => head !== null)?.name ?? target;
}
