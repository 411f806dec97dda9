import { snakeCase } from './case.js';
import { isArrayAt, parseRange, skipSpace, skipValue, walkArray } from './scan.js';

/** What istioctl before 1.10 answers for one proxy, section by section, as JSON; a section may be absent. */
export interface ListedSections {
  readonly bootstrap?: Buffer;
  readonly cluster?: Buffer;
  readonly listener?: Buffer;
  readonly route?: Buffer;
}

/** The section of a dump, its list, and the key of a resource in it: admin.v3 and v2alpha, config_dump.proto. */
const SECTIONS = [
  ['cluster', 'ClustersConfigDump', 'dynamic_active_clusters', 'cluster'],
  ['listener', 'ListenersConfigDump', 'dynamic_active_listeners', 'listener'],
  ['route', 'RoutesConfigDump', 'dynamic_route_configs', 'route_config'],
] as const;

/**
 * Puts istioctl's lists together in the form of Envoy's `/config_dump`, byte for byte but for the wrappers: versions, times
 * and states are lost in the lists already. Throws ScanError where a list breaks off.
 */
export function composeDump(sections: ListedSections): Buffer {
  const version = Object.values(sections).some(bytes => bytes.includes('.v3.')) ? 'v3' : 'v2alpha';
  const header = (type: string) => `{\n"@type": "type.googleapis.com/envoy.admin.${version}.${type}",\n`;
  const parts: (string | Buffer)[][] = [];
  if (sections.bootstrap !== undefined)
    parts.push([header('BootstrapConfigDump'), ...membersOf(sections.bootstrap), '}']);
  for (const [section, type, list, key] of SECTIONS) {
    const bytes = sections[section];
    if (bytes === undefined) continue;
    const entries = itemsOf(bytes).map(item => [`{"${key}": `, item, '}']);
    parts.push([header(type), `"${list}": [\n`, ...joined(entries, ',\n'), '\n]}']);
  }
  return toBuffer(['{"configs": [\n', ...joined(parts, ',\n'), '\n]}\n']);
}

/** istioctl's list of cluster statuses in the form of Envoy's `/clusters?format=json`, fields in snake_case. Throws ScanError, SyntaxError. */
export function composeClusters(list: Buffer): Buffer {
  const items = itemsOf(list).map(item => [
    Buffer.from(JSON.stringify(snakeKeys(parseRange(item, 0, item.length)), null, 1)),
  ]);
  return toBuffer(['{"cluster_statuses": [\n', ...joined(items, ',\n'), '\n]}\n']);
}

function snakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [snakeCase(key), snakeKeys(member)]));
}

/** The items of a JSON list, as they are written; none for `null`. */
function itemsOf(bytes: Buffer): Buffer[] {
  const items: Buffer[] = [];
  const start = skipSpace(bytes, 0);
  if (!isArrayAt(bytes, start)) return items;
  walkArray(bytes, start, (_, at) => {
    const end = skipValue(bytes, at);
    items.push(bytes.subarray(at, end));
    return end;
  });
  return items;
}

/** What stands between the braces of a JSON object. */
function membersOf(bytes: Buffer): Buffer[] {
  const start = skipSpace(bytes, 0);
  return [bytes.subarray(start + 1, skipValue(bytes, start) - 1)];
}

function joined(groups: readonly (string | Buffer)[][], separator: string): (string | Buffer)[] {
  return groups.flatMap((group, index) => (index === 0 ? group : [separator, ...group]));
}

function toBuffer(parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)));
}
