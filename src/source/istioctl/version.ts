import { callForJson } from './call.js';
import { IstioctlError } from './error.js';
import { executableOf, type IstioctlOptions } from './options.js';
import { parseVersion, type Version } from './version-number.js';

/** Without `--remote=false` istioctl 1.30 asks the mesh too, and never ends when no API server answers. */
export const VERSION_ARGS = ['version', '--remote=false', '-o', 'json'];

const asked = new WeakMap<NodeJS.ProcessEnv, Map<string, Promise<Version | null>>>();

/**
 * The version of the istioctl that `options` names, asked once for each executable and environment.
 * Null when it tells none: the flags are unknown before 1.1, and development builds have no number.
 * Throws IstioctlError when it cannot be started or does not end.
 */
export function istioctlVersion(options: IstioctlOptions): Promise<Version | null> {
  const known = asked.get(options.env) ?? new Map<string, Promise<Version | null>>();
  asked.set(options.env, known);
  const executable = executableOf(options);
  const version = known.get(executable) ?? askVersion(options);
  known.set(executable, version);
  return version;
}

async function askVersion(options: IstioctlOptions): Promise<Version | null> {
  try {
    return readVersion(await callForJson(VERSION_ARGS, options));
  } catch (error) {
    if (error instanceof IstioctlError && error.kind !== 'not-found' && error.kind !== 'timeout') {
      return null;
    }
    throw error;
  }
}

function readVersion(json: Buffer): Version | null {
  const text = /"clientVersion":\s*\{\s*"version":\s*"([^"]*)"/.exec(json.toString('utf8'))?.[1];
  return text === undefined ? null : parseVersion(text);
}
