import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { IstioctlOptions } from '../../../src/source/istioctl/index.js';

const fixtures = new URL('../../fixtures/istioctl/', import.meta.url);

const logs = mkdtempSync(join(tmpdir(), 'stand-in-'));
let count = 0;
afterAll(() => rmSync(logs, { recursive: true, force: true }));

/** The executable that answers with what was recorded; its head says what it can do. */
export const STAND_IN = fileURLToPath(new URL('stand-in.cjs', fixtures));

/** Hand-written recordings, in the layout of those in the shared folder. */
export const OWN = { modern: fileURLToPath(new URL('modern', fixtures)), old: fileURLToPath(new URL('old', fixtures)) };

/** Recorded calls of real istioctl, where the shared folder is there. */
export const SHARED = {
  modern: fileURLToPath(new URL('../../../../shared/istioctl/1.30.3', import.meta.url)),
  old: fileURLToPath(new URL('../../../../shared/istioctl/1.1.6', import.meta.url)),
};
export const sharedIsThere = existsSync(SHARED.modern);

export interface RecordedCall {
  readonly id: string;
  readonly argv: readonly string[];
  readonly exit: number | null;
  readonly killed_after: number | null;
  readonly env: Readonly<Record<string, string>>;
}

/** All calls that a folder of recordings holds. */
export function recordedCalls(recordings: string): RecordedCall[] {
  return JSON.parse(readFileSync(join(recordings, 'index.json'), 'utf8'));
}

export interface StandInBehaviour {
  readonly replay?: string;
  readonly delayMs?: number;
  readonly child?: boolean;
  readonly stubborn?: boolean;
}

/** Options that run the stand-in, in an environment with a kubeconfig; each has its own log of calls, and of its children's lives. */
export function standIn(
  recordings: string,
  behaviour: StandInBehaviour = {},
): IstioctlOptions & { readonly calls: () => LoggedCall[]; readonly beats: () => number } {
  count += 1;
  const log = join(logs, `${count}.jsonl`);
  return {
    istioctl: STAND_IN,
    env: {
      PATH: process.env.PATH,
      KUBECONFIG: STAND_IN,
      STAND_IN_RECORDINGS: recordings,
      STAND_IN_CALLS: log,
      STAND_IN_REPLAY: behaviour.replay ?? '',
      STAND_IN_DELAY_MS: String(behaviour.delayMs ?? 0),
      STAND_IN_CHILD: behaviour.child ? 'yes' : '',
      STAND_IN_STUBBORN: behaviour.stubborn ? 'yes' : '',
    },
    calls: () => loggedCalls(log),
    beats: () => (existsSync(`${log}.beat`) ? statSync(`${log}.beat`).size : 0),
  };
}

export interface LoggedCall {
  readonly argv: readonly string[];
  readonly pid: number;
}

function loggedCalls(log: string): LoggedCall[] {
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  return lines.map(line => JSON.parse(line));
}
