import {
  type Call,
  commandLine,
  longerLimit,
  pilotConfig,
  pilotConfigOfAll,
  proxyStatus,
  proxyStatusDiff,
  withFlags,
} from './command.js';
import { checkOptions, checkTarget, podName } from './names.js';
import type { IstioctlOptions } from './options.js';
import { sectionCalls, wholeDump } from './proxy.js';
import { limitedTo, STATUS_FORMS } from './status.js';
import { VERSION_ARGS } from './version.js';

const MODERN = 'istioctl 1.10 or later';
/** Stands for what only a run would tell. */
const POD = 'pod.namespace';

/** What a command is about to ask istioctl for. */
export interface Asked {
  readonly targets: readonly string[];
  /** The listing of proxies: of one of them, limited to its namespace, or as the options say. */
  readonly listing?: { readonly of: string | null };
  /** istiod's side of each target. */
  readonly pilotConfig?: boolean;
  /** What is asked once more where a target cannot be had, to tell why. */
  readonly whyNot?: boolean;
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
  return [
    { command: commandLine(VERSION_ARGS, options), when: '' },
    ...(asked.listing === undefined ? [] : listingCommands(limitedTo(asked.listing.of, options))),
    ...asked.targets.flatMap(target => [
      ...wholeDump(target, options).map(({ call }) => planned(call, MODERN, options)),
      ...sectionCalls(target, options).map(call => planned(call, 'istioctl before 1.10', options)),
      ...(asked.pilotConfig ? pilotCommands(nodeOf(target, options), options) : []),
      ...(asked.statusDiff
        ? [
            planned(
              proxyStatusDiff(nodeOf(target, options), options),
              'where istiod’s own side does not answer',
              options,
            ),
          ]
        : []),
    ]),
    ...(asked.whyNot && asked.targets.length > 0 ? [whyNot(options)] : []),
  ];
}

function pilotCommands(node: string, options: IstioctlOptions): PlannedCommand[] {
  return [
    planned(pilotConfig(node, options), MODERN, options),
    planned(pilotConfigOfAll(node, options), 'istioctl 1.10 to 1.25, where another istiod serves the proxy', options),
  ];
}

function whyNot(options: IstioctlOptions): PlannedCommand {
  const all = { ...options, namespace: undefined };
  const [listing] = STATUS_FORMS;
  return planned(proxyStatus(listing?.form ?? [], all), 'where a pod is not found or does not answer', all);
}

function listingCommands(options: IstioctlOptions): PlannedCommand[] {
  return STATUS_FORMS.map(({ form, when }) => planned(proxyStatus(form, options), when, options));
}

/** Without the version it is not known whether this istioctl is told of a longer timeout, so that is said beside the command. */
function planned(call: Call, when: string, options: IstioctlOptions): PlannedCommand {
  const limit = when.includes('before 1.10') ? [] : longerLimit(call, options);
  const more = limit.length === 0 ? '' : `; from 1.27 on with ${limit.join(' ')}`;
  return { command: commandLine(withFlags(call, options, null), options), when: `${when}${more}` };
}

/** The pod of a workload is known only when its configuration is there. */
function nodeOf(target: string, options: IstioctlOptions): string {
  const name = podName(target, options);
  return name === null ? POD : `${name.pod}.${name.namespace}`;
}
