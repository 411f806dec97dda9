import { DecodeProblem } from '../decode/problem.js';
import { withoutSecretText } from '../model/redact/secret-text.js';
import { ProxyNotFound } from '../model/select.js';
import { nearNames } from '../source/istioctl/near.js';
import { SourceError } from '../source/source-error.js';
import { RequestError } from '../trace/target.js';
import { EXIT, type ExitCode } from './exit-codes.js';

/** An error of usage that commander does not know of. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}

/** What is said on stderr, and the exit code that goes with it. */
export interface Failure {
  readonly lines: readonly string[];
  readonly exitCode: ExitCode;
}

const MAX_CHOICES = 20;

/** Turns an error into words: what happened, and what to do. A stack is shown only with `--debug`. */
export function failureOf(error: unknown, debug: boolean): Failure {
  const failure = known(error) ?? unexpected(error);
  const stack = debug && error instanceof Error && error.stack !== undefined ? error.stack.split('\n') : [];
  return { ...failure, lines: [...failure.lines, ...stack] };
}

function known(error: unknown): Failure | null {
  if (error instanceof Error && error.name === 'AbortError')
    return { lines: ['Interrupted.'], exitCode: EXIT.interrupted };
  if (error instanceof DecodeProblem)
    return { lines: [`${error.document} ${error.what}.`, withoutSecretText(error.hint)], exitCode: EXIT.unreadable };
  if (error instanceof SourceError)
    return { lines: [`${error.path}: ${error.short}.`, error.hint], exitCode: EXIT.unreadable };
  if (error instanceof RequestError || error instanceof UsageError)
    return { lines: [`${error.message}.`, error.hint], exitCode: EXIT.usage };
  if (error instanceof ProxyNotFound) return { lines: choicesOf(error), exitCode: EXIT.usage };
  return isIstioctlError(error) ? istioctlFailure(error) : null;
}

function choicesOf(error: ProxyNotFound): string[] {
  const { choices } = error;
  const shown = choices.slice(0, MAX_CHOICES).map(name => `  ${name}`);
  const more = choices.length > MAX_CHOICES ? [`  and ${choices.length - MAX_CHOICES} more`] : [];
  const heading = error.isAmbiguous || error.query === null ? 'Name one of them:' : 'There are:';
  const near = error.isAmbiguous || error.query === null ? [] : nearNames(error.query, choices);
  return choices.length === 0
    ? [`${error.message}: nothing that was read holds a proxy’s configuration.`, ...ofZtunnel(error.query)]
    : [`${error.message}.`, ...nearLines(near), heading, ...shown, ...more];
}

function ofZtunnel(query: string | null): string[] {
  const isZtunnel = /^(?:pods?\/)?ztunnel\b/.test(query ?? '');
  return isZtunnel ? ['A ztunnel is no Envoy: name a waypoint, a gateway or a pod with a sidecar.'] : [];
}

function nearLines(names: readonly string[]): string[] {
  return names.length === 0 ? [] : ['Near names:', ...names.map(name => `  ${name}`)];
}

/** Read by shape, so that istioctl’s wrapper is loaded only where it is used. */
interface IstioctlFailure {
  readonly kind: string;
  readonly short: string;
  readonly command: string;
  readonly said: string;
  readonly near: readonly string[];
}

function isIstioctlError(error: unknown): error is Error & IstioctlFailure {
  return error instanceof Error && error.name === 'IstioctlError';
}

/** Who has no cluster has perhaps a dump. */
const OFFLINE = 'No cluster? All commands but capture read saved dumps as well, with -f.';

function istioctlFailure(error: IstioctlFailure): Failure {
  const isMissing = error.kind === 'not-found';
  const command = error.command === '' || isMissing ? [] : ['Try it by hand:', `  ${error.command}`];
  const said =
    error.said.trim() === ''
      ? []
      : [
          'istioctl said:',
          ...error.said
            .trim()
            .split('\n')
            .map(line => `  ${line}`),
        ];
  const exitCode = error.kind === 'invalid-name' ? EXIT.usage : EXIT.unreadable;
  return {
    lines: [
      /[.!?]$/.test(error.short) ? error.short : `${error.short}.`,
      ...nearLines(error.near),
      ...command,
      ...said,
      ...(isMissing || error.kind === 'no-kubeconfig' ? [OFFLINE] : []),
    ],
    exitCode,
  };
}

/** A mistake of mesh-trace itself. */
function unexpected(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return {
    lines: [`This should not have happened: ${message}`, 'Run it again with --debug and report what it prints.'],
    exitCode: EXIT.unreadable,
  };
}
