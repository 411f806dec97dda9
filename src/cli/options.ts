import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_LIMITS, inUnits } from '../source/limits.js';

/** Options of every command that reads configuration. */
export interface SourceOptions {
  file?: string[];
  maxEntries?: number;
  maxTotalBytes?: number;
  maxFileBytes?: number;
  maxRatio?: number;
  istioctl?: string;
  context?: string;
  kubeconfig?: string;
  namespace?: string;
  istioNamespace?: string;
  revision?: string;
  proxyAdminPort?: number;
  as?: string;
  asGroup?: string[];
  timeout?: number;
  dryRun?: boolean;
}

/** Options that stand on the program itself and hold for all commands. */
export interface GlobalOptions {
  quiet?: boolean;
  debug?: boolean;
  /** How much is done at the same time; unset, what is best for it. */
  jobs?: number;
}

export interface RequestOptions {
  id?: string;
  to?: string;
  ip?: string;
  port?: number;
  path?: string;
  method?: string;
  header?: string[];
  host?: string;
  sni?: string;
  tls?: 'plaintext' | 'tls' | 'mtls';
  protocol?: 'http' | 'http2' | 'grpc' | 'tcp';
  alpn?: string;
  direction?: 'outbound' | 'inbound' | 'gateway';
  fromIp?: string;
  fromDirectIp?: string;
  fromPort?: number;
  principal?: string;
  fromNamespace?: string;
  claim?: string[];
  random?: number;
}

/** Adds where configuration is read from: saved dumps, or the cluster through istioctl. */
export function addSourceOptions(command: Command): Command {
  command.addOption(
    new Option('-f, --file <path>', 'a saved dump, folder or archive, or - for standard input; may be repeated')
      .argParser(collect)
      .helpGroup('Source:'),
  );
  addIstioctlOptions(command);
  for (const [flags, text] of LIMITS)
    command.addOption(new Option(flags, text).argParser(positive).helpGroup('Limits:'));
  return command;
}

/** What guards against archives that unpack without end; their defaults stand in source/limits.ts. */
const LIMITS = [
  ['--max-entries <n>', `entries of an archive or folder (default: ${DEFAULT_LIMITS.entries})`],
  ['--max-total-bytes <n>', `unpacked bytes of an archive (default: ${inUnits(DEFAULT_LIMITS.totalBytes)})`],
  ['--max-file-bytes <n>', `unpacked bytes of one file (default: ${inUnits(DEFAULT_LIMITS.fileBytes)})`],
  ['--max-ratio <n>', `unpacked bytes for each packed one (default: ${DEFAULT_LIMITS.ratio})`],
] as const;

/** Proxies asked through istioctl at the same time, unless told: each is two to five calls, and the API server serves others too. */
export const ASKED_AT_ONCE = 4;

/** Adds how much is done at the same time. */
export function addJobsOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--jobs <n>',
      `how much is done at the same time: proxies asked through istioctl (default: ${ASKED_AT_ONCE}), files read, threads where there is enough for them (default: the cores)`,
    ).argParser(wholeNumber),
  );
}

/** Adds how istioctl is found and asked. */
export function addIstioctlOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--istioctl <path>', 'the istioctl to run (default: ISTIOCTL, else the one on PATH)').helpGroup(
        'Source:',
      ),
    )
    .addOption(new Option('--context <name>', 'kubeconfig context').helpGroup('Source:'))
    .addOption(new Option('--kubeconfig <file>', 'kubeconfig file').helpGroup('Source:'))
    .addOption(
      new Option('-n, --namespace <name>', 'namespace of a pod that is named without one').helpGroup('Source:'),
    )
    .addOption(new Option('-i, --istioNamespace <name>', 'namespace of the control plane').helpGroup('Source:'))
    .addOption(new Option('--revision <name>', 'control plane revision').helpGroup('Source:'))
    .addOption(new Option('--proxy-admin-port <port>', 'Envoy’s admin port').argParser(port).helpGroup('Source:'))
    .addOption(new Option('--as <user>', 'user to impersonate').helpGroup('Source:'))
    .addOption(
      new Option('--as-group <group>', 'group to impersonate; may be repeated').argParser(collect).helpGroup('Source:'),
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long one istioctl call may take')
        .argParser(positive)
        .default(30)
        .helpGroup('Source:'),
    )
    .addOption(new Option('--dry-run', 'print the istioctl commands instead of running them').helpGroup('Source:'));
}

/** Adds the fields of a request. */
export function addRequestOptions(command: Command): Command {
  return command
    .addOption(new Option('--to <destination>', 'host:port, ip:port or a URL').helpGroup('Request:'))
    .addOption(new Option('--ip <ip>', 'destination address, where --to does not tell it').helpGroup('Request:'))
    .addOption(
      new Option('--port <port>', 'destination port (default: from --to)').argParser(port).helpGroup('Request:'),
    )
    .addOption(new Option('--path <path>', 'path with query (default: /)').helpGroup('Request:'))
    .addOption(new Option('--method <method>', 'HTTP method (default: GET)').helpGroup('Request:'))
    .addOption(
      new Option('-H, --header <name: value>', 'a request header; may be repeated')
        .argParser(collect)
        .helpGroup('Request:'),
    )
    .addOption(
      new Option('--host <authority>', 'HTTP authority, exactly as sent (default: from --to)').helpGroup('Request:'),
    )
    .addOption(
      new Option('--protocol <protocol>', 'what the client speaks')
        .choices(['http', 'http2', 'grpc', 'tcp'])
        .helpGroup('Request:'),
    )
    .addOption(
      new Option('--tls <mode>', 'what arrives at the listener')
        .choices(['plaintext', 'tls', 'mtls'])
        .helpGroup('Request:'),
    )
    .addOption(new Option('--sni <name>', 'TLS server name; empty for none').helpGroup('Request:'))
    .addOption(
      new Option('--alpn <list>', 'ALPN protocols in the client’s order, by commas; empty for none').helpGroup(
        'Request:',
      ),
    )
    .addOption(
      new Option('--direction <direction>', 'how the request meets the proxy')
        .choices(['outbound', 'inbound', 'gateway'])
        .helpGroup('Request:'),
    )
    .addOption(new Option('--from-ip <ip>', 'source address').helpGroup('Request:'))
    .addOption(
      new Option(
        '--from-direct-ip <ip>',
        'the connection’s own source, where a proxy protocol or header gave another',
      ).helpGroup('Request:'),
    )
    .addOption(new Option('--from-port <port>', 'source port').argParser(port).helpGroup('Request:'))
    .addOption(new Option('--principal <spiffe-id>', 'the client certificate’s identity').helpGroup('Request:'))
    .addOption(new Option('--from-namespace <name>', 'the client’s namespace').helpGroup('Request:'))
    .addOption(
      new Option('--claim <name=value>', 'a claim of a valid JWT; may be repeated')
        .argParser(collect)
        .helpGroup('Request:'),
    )
    .addOption(
      new Option('--random <n>', 'Envoy’s random value: fixes weighted choices')
        .argParser(integer)
        .helpGroup('Request:'),
    )
    .addOption(new Option('--id <name>', 'name of the request in the result (default: 1)').helpGroup('Request:'));
}

/** Appends a repeated option's value. */
export function collect(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

function integer(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('A whole number from 0 on was expected.');
  return Number(value);
}

/** A whole number above zero. */
function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('A whole number from 1 on was expected.');
  return Number(value);
}

/** A number above zero. */
export function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('A number above 0 was expected.');
  return number;
}

/** A moment, as dumps and certificates write it. */
export function moment(value: string): string {
  if (Number.isNaN(Date.parse(value))) throw new InvalidArgumentError('A time like 2026-11-23T13:20:00Z was expected.');
  return value;
}

function port(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 65535)
    throw new InvalidArgumentError('A port from 1 to 65535 was expected.');
  return number;
}
