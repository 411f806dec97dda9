import { callForJson, callForText } from './call.js';
import { proxyStatus, proxyStatusDiff, withFlags } from './command.js';
import { IstioctlError } from './error.js';
import { document } from './fetch.js';
import { checkKubeconfig } from './kubeconfig.js';
import { checkOptions, checkTarget, podName } from './names.js';
import type { FetchedDocument, IstioctlOptions } from './options.js';
import { proxyNames } from './proxy-names.js';
import { istioctlVersion } from './version.js';
import { atLeast, type Version } from './version-number.js';

const JSON_FORM = ['-o', 'json'];
const TABLE_FORM: string[] = [];

/**
 * The forms that the listing is asked for in, in order, until one is supported, and when it comes to each.
 * From 1.27 on the plain table leaves the states out, which `-v 1` brings back.
 */
export const STATUS_FORMS: readonly { readonly form: readonly string[]; readonly when: string }[] = [
  { form: JSON_FORM, when: 'istioctl 1.20 or later' },
  { form: ['-v', '1'], when: 'where that has no JSON' },
  { form: TABLE_FORM, when: 'istioctl before 1.20, or without either' },
];

/**
 * The listing of `proxy-status`: JSON documents one after another where this istioctl has them, else a table.
 * With a target the listing is limited to its namespace where istioctl can; it still holds other proxies.
 * (`proxy-status POD` is a diff without a machine-readable form: {@link fetchProxyStatusDiff}.)
 * Throws IstioctlError; rejects with the signal's reason when aborted.
 */
export async function fetchProxyStatus(target: string | null, options: IstioctlOptions): Promise<FetchedDocument> {
  if (target !== null) {
    checkTarget(target, options);
  }
  checkOptions(options);
  const limited = limitedTo(target, options);
  checkKubeconfig(withFlags(proxyStatus(JSON_FORM, limited), limited, null), limited);
  const version = await istioctlVersion(limited);
  const progress = (done: number) => options.onProgress?.({ what: 'proxy status', done, total: 1 });
  progress(0);
  try {
    return await firstSupported(formsOf(version), limited, version);
  } finally {
    progress(1);
  }
}

/** The options of the listing for a target: limited to its namespace, where it names one. */
export function limitedTo(target: string | null, options: IstioctlOptions): IstioctlOptions {
  const namespace = target === null ? undefined : podName(target, options)?.namespace;
  return { ...options, namespace: namespace ?? options.namespace };
}

/**
 * The text of `proxy-status POD`: where Envoy differs from what Pilot would send, as a unified diff.
 * Throws IstioctlError, also where no istiod knows the proxy; rejects with the signal's reason when aborted.
 */
export async function fetchProxyStatusDiff(target: string, options: IstioctlOptions): Promise<FetchedDocument> {
  checkTarget(target, options);
  checkOptions(options);
  const call = proxyStatusDiff(target, options);
  checkKubeconfig(withFlags(call, options, null), options);
  const progress = (done: number) => options.onProgress?.({ what: call.what, done, total: 1 });
  progress(0);
  try {
    const args = withFlags(call, options, await istioctlVersion(options));
    return document(args, await callForText(args, options), options);
  } finally {
    progress(1);
  }
}

/**
 * The proxies that istiod knows, as `pod.namespace`, sorted: all, or those of `options.namespace`.
 * Throws IstioctlError; rejects with the signal's reason when aborted.
 */
export async function listProxies(options: IstioctlOptions): Promise<string[]> {
  const names = proxyNames((await fetchProxyStatus(null, options)).bytes);
  const { namespace } = options;
  return namespace === undefined ? names : names.filter(name => name.endsWith(`.${namespace}`));
}

function formsOf(version: Version | null): (readonly string[])[] {
  return version !== null && !atLeast(version, 1, 20) ? [TABLE_FORM] : STATUS_FORMS.map(({ form }) => form);
}

async function firstSupported(
  forms: readonly (readonly string[])[],
  options: IstioctlOptions,
  version: Version | null,
): Promise<FetchedDocument> {
  const [form = [], ...others] = forms;
  const args = withFlags(proxyStatus(form, options), options, version);
  try {
    const bytes = form === JSON_FORM ? await callForJson(args, options) : tableOf(await callForText(args, options));
    return document(args, bytes, options);
  } catch (error) {
    const unsupported = error instanceof IstioctlError && error.kind === 'unsupported-flag';
    if (unsupported && others.length > 0) {
      return firstSupported(others, options, version);
    }
    throw error;
  }
}

/** The table from its header line on; the whole text when it has none. */
function tableOf(stdout: Buffer): Buffer {
  const start = /^NAME\s/m.exec(stdout.toString('latin1'))?.index ?? 0;
  return stdout.subarray(start);
}
