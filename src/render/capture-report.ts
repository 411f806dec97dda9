import type { Paint } from './paint.js';
import { printable } from './printable.js';
import { hang, wrap } from './wrap.js';

/** What a capture did. */
export interface CaptureReport {
  /** The snapshot's folder, as the user named it. */
  readonly dir: string;
  readonly proxies: readonly ReportedProxy[];
  /** Those that were there already. */
  readonly there: readonly string[];
  readonly failed: number;
  readonly redacted: boolean;
  /** The folder that keeps the mesh's own names; null where `dir` has them. */
  readonly privateDir: string | null;
}

interface ReportedProxy {
  readonly name: string | null;
  readonly files: readonly { readonly bytes: number; readonly removed: readonly { readonly kind: string }[] }[];
  readonly problems: readonly string[];
}

/** The report for people: each proxy with what was taken out of it, the sum, and what to do with the folder. */
export function renderCaptureReport(report: CaptureReport, { width, paint }: { width: number; paint: Paint }): string {
  const proxies = report.proxies.flatMap(proxy => proxyLines(proxy, width, paint));
  const sentences = [summary(report), removedSentence(report), privateSentence(report)].filter(text => text !== '');
  const lines = [
    ...proxies,
    ...(proxies.length > 0 ? [''] : []),
    ...sentences.flatMap(text => wrap(printable(text), width)),
    printable(
      `  $ mesh-trace ${report.proxies[0]?.name ?? report.there[0] ?? 'POD.NAMESPACE'} --to HOST:PORT -f ${report.dir}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function proxyLines({ name, files, problems }: ReportedProxy, width: number, paint: Paint): string[] {
  const size = inUnits(files.reduce((sum, { bytes }) => sum + bytes, 0));
  const removed = counted(files);
  const facts = `${plural(files.length, 'file')}, ${size}${removed === '' ? '' : `; taken out: ${removed}`}`;
  return [
    `${paint('good', '✓')} ${paint('bold', printable(name ?? ''))}`,
    ...hang('  ', facts, width),
    ...problems.flatMap(problem => hang(`  ${paint('warn', '?')} `, printable(problem), width)),
  ];
}

function summary({ dir, proxies, there, failed }: CaptureReport): string {
  const others = [
    there.length === 0 ? '' : `${there.length} there already`,
    failed === 0 ? '' : `${failed} failed: run it again to try these once more`,
  ].filter(text => text !== '');
  return `${plural(proxies.length, 'proxy', 'proxies')} captured in ${dir}${others.map(text => `, ${text}`).join('')}.`;
}

function removedSentence({ proxies, redacted }: CaptureReport): string {
  if (!redacted)
    return 'Nothing was taken out of it: it may hold private keys, tokens and passwords. Do not give it away.';
  if (proxies.length === 0) return '';
  const removed = counted(proxies.flatMap(({ files }) => files));
  return removed === '' ? 'No secrets were found in it.' : `Taken out: ${removed}. The manifest says where each stood.`;
}

function privateSentence({ dir, privateDir }: CaptureReport): string {
  if (privateDir === null) return '';
  return `Give ${dir} away, and keep ${privateDir}: it has the mesh’s own names, and pseudonyms.json there says what each became.`;
}

/** `2 private keys, 1 token`, the most frequent first. */
function counted(files: ReportedProxy['files']): string {
  const counts = new Map<string, number>();
  for (const { kind } of files.flatMap(({ removed }) => removed)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return sorted.map(([kind, count]) => (kind === 'binary data' ? `${kind} ×${count}` : plural(count, kind))).join(', ');
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function inUnits(bytes: number): string {
  return bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
