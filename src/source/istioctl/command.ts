import { DEFAULT_TIMEOUT_MS, executableOf, type IstioctlOptions, timeoutOf } from './options.js';
import { atLeast, type Version } from './version-number.js';

/** One call: what it is for, and its arguments without the flags that every call takes. */
export interface Call {
  /** What it fetches, for people. */
  readonly what: string;
  readonly args: readonly string[];
  /** Whether istiod answers, for whom istioctl waits 30 s by itself. */
  readonly asksIstiod?: boolean;
}

/** The call `proxy-config KIND TARGET -o json`, with the port of Envoy's admin interface where one is given. */
export function proxyConfig(kind: string, target: string, options: IstioctlOptions): Call {
  const args = ['proxy-config', kind, target, '-o', 'json', ...adminPortFlag(options)];
  return { what: `${kind} of ${target}`, args };
}

/** The call `proxy-status` over all proxies, in one of its output forms. */
export function proxyStatus(form: readonly string[], options: IstioctlOptions): Call {
  return { what: 'proxy status', args: ['proxy-status', ...form, ...revisionFlag(options)], asksIstiod: true };
}

/** The call `proxy-status POD`, which compares Envoy with istiod. */
export function proxyStatusDiff(target: string, options: IstioctlOptions): Call {
  const args = ['proxy-status', target, ...revisionFlag(options), ...adminPortFlag(options)];
  return { what: `what istioctl compares of ${target}`, args, asksIstiod: true };
}

/** The call that hands out what istiod would send: its debug page `config_dump`, asked over xDS. */
export function pilotConfig(proxy: string, options: IstioctlOptions): Call {
  const page = `config_dump?proxyID=${proxy}`;
  const args = ['experimental', 'internal-debug', page, ...revisionFlag(options)];
  return { what: `Pilot's side of ${proxy}`, args, asksIstiod: true };
}

/** The same of all istiods, as one JSON object by their names. */
export function pilotConfigOfAll(proxy: string, options: IstioctlOptions): Call {
  const call = pilotConfig(proxy, options);
  return { ...call, args: [...call.args, '--all'] };
}

function revisionFlag(options: IstioctlOptions): string[] {
  return options.revision === undefined ? [] : ['--revision', options.revision];
}

function adminPortFlag({ proxyAdminPort }: IstioctlOptions): string[] {
  return proxyAdminPort === undefined ? [] : ['--proxy-admin-port', String(proxyAdminPort)];
}

/**
 * A call with the flags of all istioctl commands. A `--timeout` above the default is handed on as
 * `--kubeclient-timeout` where that exists (1.27 and later), for istioctl would stop at 15 s by itself, and as `--timeout` where istiod is asked.
 */
export function withFlags(call: Call, options: IstioctlOptions, version: Version | null): string[] {
  const knowsLimit = version !== null && atLeast(version, 1, 27);
  const flags: [string, string | undefined][] = [
    ['-n', options.namespace],
    ['-i', options.istioNamespace],
    ['--context', options.context],
    ['--kubeconfig', options.kubeconfig],
    ['--as', options.as],
    ...(options.asGroup ?? []).map((group): [string, string] => ['--as-group', group]),
  ];
  const given = flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]));
  return [...call.args, ...given, ...(knowsLimit ? longerLimit(call, options) : [])];
}

/** The flags that hand a `--timeout` above the default on; none otherwise. */
export function longerLimit(call: Call, options: IstioctlOptions): string[] {
  if (timeoutOf(options) <= DEFAULT_TIMEOUT_MS) return [];
  const limit = `${Math.ceil(timeoutOf(options) / 1000)}s`;
  return ['--kubeclient-timeout', limit, ...(call.asksIstiod === true ? ['--timeout', limit] : [])];
}

/** The command line to try by hand, shell-quoted, with the executable that was run. */
export function commandLine(args: readonly string[], options: IstioctlOptions): string {
  return [executableOf(options), ...args].map(quoted).join(' ');
}

/** The command line as evidence shows it: the same on every machine, so without paths. */
export function evidenceLine(args: readonly string[]): string {
  const at = args.indexOf('--kubeconfig');
  const shown = at === -1 ? args : [...args.slice(0, at), ...args.slice(at + 2)];
  return ['istioctl', ...shown].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
