import { type Call, commandLine, pilotConfig, proxyStatus, proxyStatusDiff, withFlags } from './command.js';
import { checkOptions, checkTarget, podName } from './names.js';
import type { IstioctlOptions } from './options.js';
import { sectionCalls, wholeDump } from './proxy.js';
import { VERSION_ARGS } from './version.js';

/** What a command is about to ask istioctl for. */
export interface Asked {
  readonly targets: readonly string[];
  /** The listing of all proxies. */
  readonly proxyStatus?: boolean;
  /** istiod's side of each target. */
  readonly pilotConfig?: boolean;
  /** What istioctl itself compares of each target, asked where istiod's side does not answer. */
  readonly statusDiff?: boolean;
}

/** One command that would run. */
export interface PlannedCommand {
  readonly command: string;
  /** When it runs, where that depends on what istioctl is; empty when it always runs. */
  readonly when: string;
}

/**
 * The commands that would run, shell-quoted and in order, for `--dry-run`: nothing is run, not even the question for
 * the version, so both ways of fetching a proxy are listed. Throws IstioctlError of kind `invalid-name`.
 */
export function plannedCommands(asked: Asked, options: IstioctlOptions): PlannedCommand[] {
  checkOptions(options);
  for (const target of asked.targets) {
    checkTarget(target, options);
  }
  const planned = (call: Call, when: string) => ({
    command: commandLine(withFlags(call, options, null), options),
    when,
  });
  const status = proxyStatus(['-o', 'json'], options);
  return [
    { command: commandLine(VERSION_ARGS, options), when: '' },
    ...(asked.proxyStatus ? [planned(status, '')] : []),
    ...asked.targets.flatMap(target => [
      ...wholeDump(target, options).map(({ call }) => planned(call, 'istioctl 1.10 or later')),
      ...sectionCalls(target, options).map(call => planned(call, 'istioctl before 1.10')),
      ...(asked.pilotConfig ? pilotCalls(target, options).map(call => planned(call, 'istioctl 1.10 or later')) : []),
      ...(asked.statusDiff
        ? [planned(proxyStatusDiff(target, options), 'where istiod’s own side does not answer')]
        : []),
    ]),
  ];
}

function pilotCalls(target: string, options: IstioctlOptions): Call[] {
  const name = podName(target, options);
  return name === null ? [] : [pilotConfig(`${name.pod}.${name.namespace}`, options)];
}
