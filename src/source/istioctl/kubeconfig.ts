import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { commandLine } from './command.js';
import { IstioctlError } from './error.js';
import type { IstioctlOptions } from './options.js';

/**
 * Refuses a `--kubeconfig` that names a missing file: istioctl 1.1 silently uses another one, so the answer would
 * come from the wrong cluster. `args` is the call that was about to run. Throws IstioctlError.
 */
export function checkKubeconfig(args: readonly string[], options: IstioctlOptions): void {
  const file = options.kubeconfig;
  if (file !== undefined && !existsSync(file)) {
    throw new IstioctlError({
      kind: 'no-kubeconfig',
      short: `The kubeconfig ${file} does not exist: correct --kubeconfig.`,
      command: commandLine(args, options),
    });
  }
}

/** Whether there is any kubeconfig that istioctl would use, or a pod's own access to its cluster. */
export function hasKubeconfig(options: IstioctlOptions): boolean {
  const { KUBECONFIG, HOME, USERPROFILE, KUBERNETES_SERVICE_HOST } = options.env;
  const home = HOME ?? USERPROFILE;
  const files = KUBECONFIG ? KUBECONFIG.split(delimiter) : home === undefined ? [] : [join(home, '.kube', 'config')];
  return options.kubeconfig !== undefined || KUBERNETES_SERVICE_HOST !== undefined || files.some(existsSync);
}
