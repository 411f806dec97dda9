import { jsonOf } from '../decode/json.js';
import type { TraceRequest } from '../trace/request.js';
import { UsageError } from './fail.js';
import type { Io } from './io.js';
import type { RequestOptions } from './options.js';

/** The request that the command line gives. Throws UsageError for headers and claims that cannot be read. */
export function requestOf(options: RequestOptions): TraceRequest {
  const request: TraceRequest = {};
  for (const field of [
    'id',
    'to',
    'ip',
    'port',
    'path',
    'method',
    'host',
    'sni',
    'tls',
    'protocol',
    'direction',
    'random',
  ] as const) {
    if (options[field] !== undefined) Object.assign(request, { [field]: options[field] });
  }
  if (options.alpn !== undefined)
    request.alpn = options.alpn
      .split(',')
      .map(item => item.trim())
      .filter(item => item !== '');
  if (options.header !== undefined) request.headers = headersOf(options.header);
  if (options.claim !== undefined) request.claims = claimsOf(options.claim);
  const from = {
    ip: options.fromIp,
    directIp: options.fromDirectIp,
    port: options.fromPort,
    principal: options.principal,
    namespace: options.fromNamespace,
  };
  const given = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length > 0) request.from = given;
  return request;
}

/** Whether a request says where it goes. */
export function hasDestination({ to, ip, port }: TraceRequest): boolean {
  return to !== undefined || (ip !== undefined && port !== undefined);
}

/** How a request of a file is called: by its id, or by its position where none can be printed. */
export function labelOf(id: unknown, position: number): string {
  const isPrintable = (typeof id === 'string' && id.trim() !== '') || typeof id === 'number';
  return isPrintable ? String(id) : String(position);
}

function headersOf(lines: readonly string[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const match = /^\s*(:?[^:\s]+)\s*:\s*(.*)$/.exec(line);
    if (match?.[1] === undefined)
      throw new UsageError(`--header ${line} is not a header`, 'Write --header "name: value".');
    headers[match[1]] = [...(headers[match[1]] ?? []), match[2] ?? ''];
  }
  return headers;
}

function claimsOf(items: readonly string[]): Record<string, unknown> {
  const claims: Record<string, unknown> = {};
  for (const item of items) {
    const cut = item.indexOf('=');
    if (cut <= 0) throw new UsageError(`--claim ${item} is not a claim`, 'Write --claim name=value.');
    const name = item.slice(0, cut);
    const value = item.slice(cut + 1);
    const known = claims[name];
    claims[name] = known === undefined ? value : [known, value].flat();
  }
  return claims;
}

/** The requests of a file: YAML (a list or one mapping) or JSON Lines. `-` is standard input. Throws UsageError, SourceError. */
export async function readRequests(path: string, io: Io): Promise<TraceRequest[]> {
  const { readText } = await import('../source/text.js');
  const text = await readText(path, io.stdin);
  const values = await parseRequests(text, path);
  return values.map((value, index) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new UsageError(
        `${path}: request ${index + 1} is not a mapping`,
        'Each request is a mapping with `to`, or `ip` and `port`.',
      );
    }
    return named(value);
  });
}

/** The proxy is looked for before the request is read, and what stands there may be anything. */
function named(request: TraceRequest): TraceRequest {
  const { proxy } = request;
  if (proxy === undefined || typeof proxy === 'string') return request;
  const { proxy: _, ...rest } = request;
  return proxy === null ? rest : { ...rest, proxy: JSON.stringify(proxy) };
}

async function parseRequests(text: string, path: string): Promise<unknown[]> {
  const lines = text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '');
  const [first] = lines;
  if (first === undefined)
    throw new UsageError(`${path} holds no requests`, 'Write one request a line as JSON, or a YAML list.');
  if (isJsonObject(first.line)) return lines.map(({ line, number }) => parseLine(line, number, path));
  const { yamlProblem, yamlValues } = await import('../decode/yaml.js');
  try {
    return (await yamlValues(text)).flat();
  } catch (error) {
    const hint = 'Write one request a line as JSON, or a YAML list.';
    throw new UsageError(`${path} cannot be read: ${yamlProblem(error)}`, hint);
  }
}

/** What begins JSON Lines. A line in braces may also be YAML's flow form, `{to: reviews:8888}`, or the whole of a file. */
function isJsonObject(line: string): boolean {
  return line.startsWith('{') && jsonOf(line) !== undefined;
}

function parseLine(line: string, number: number, path: string): unknown {
  const value = jsonOf(line);
  if (value !== undefined) return value;
  throw new UsageError(`${path}: line ${number} is not JSON`, 'In JSON Lines each line is one whole request.');
}
