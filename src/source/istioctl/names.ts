import { commandLine } from './command.js';
import { IstioctlError } from './error.js';
import type { IstioctlOptions } from './options.js';

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const KIND = /^[a-z]([-a-z0-9.]*[a-z0-9])?$/;
const REVISION = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const FREE_TEXT = /^[^-\x00-\x1f\x7f][^\x00-\x1f\x7f]*$/;

/** A pod and its namespace. */
export interface PodName {
  readonly pod: string;
  readonly namespace: string;
}

/**
 * Refuses a target that is no Kubernetes name or could become an option: `pod.ns`, `pod`, `deploy/name.ns`.
 * Names are those of https://kubernetes.io/docs/concepts/overview/working-with-objects/names/.
 * Throws IstioctlError of kind `invalid-name`.
 */
export function checkTarget(target: string, options: IstioctlOptions): void {
  const slash = target.indexOf('/');
  const kind = slash === -1 ? 'pod' : target.slice(0, slash);
  const name = target.slice(slash + 1);
  if (!KIND.test(kind) || !SUBDOMAIN.test(name) || name.length > 253 + 64) {
    const forms = 'pod.namespace, pod with -n, or deploy/name.namespace';
    throw refused(`${JSON.stringify(target)} is not a Kubernetes name: give ${forms}.`, options);
  }
}

/** Refuses option values that istioctl could take for something else. Throws IstioctlError of kind `invalid-name`. */
export function checkOptions(options: IstioctlOptions): void {
  const rules: [string, string | undefined, RegExp][] = [
    ['--namespace', options.namespace, LABEL],
    ['--istioNamespace', options.istioNamespace, LABEL],
    ['--revision', options.revision, REVISION],
    ['--context', options.context, FREE_TEXT],
    ['--kubeconfig', options.kubeconfig, FREE_TEXT],
    ['--as', options.as, FREE_TEXT],
    ...(options.asGroup ?? []).map((group): [string, string, RegExp] => ['--as-group', group, FREE_TEXT]),
  ];
  for (const [flag, value, rule] of rules) {
    if (value !== undefined && !rule.test(value)) {
      throw refused(`${JSON.stringify(value)} cannot be the value of ${flag}.`, options);
    }
  }
  const port = options.proxyAdminPort;
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_535)) {
    throw refused(`${port} cannot be the value of --proxy-admin-port: a port is between 1 and 65535.`, options);
  }
}

/** Pod and namespace of a target, split at the last dot as istioctl 1.30 does; null where it names no pod or no namespace. */
export function podName(target: string, options: IstioctlOptions): PodName | null {
  const dot = target.lastIndexOf('.');
  if (target.includes('/') || (dot === -1 && options.namespace === undefined)) {
    return null;
  }
  return dot === -1
    ? { pod: target, namespace: options.namespace ?? '' }
    : { pod: target.slice(0, dot), namespace: target.slice(dot + 1) };
}

function refused(short: string, options: IstioctlOptions): IstioctlError {
  return new IstioctlError({ kind: 'invalid-name', short, command: commandLine(['proxy-status'], options) });
}
