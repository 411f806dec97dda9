import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isObject, jsonOf } from '../../decode/json.js';
import { tryLock } from '../../source/lock-file.js';
import { SourceError } from '../../source/source-error.js';

/** Hidden, so that nobody reads it as configuration. */
const FILE = '.mesh-trace.lock';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells the locks of one process apart, and from those of an earlier one with the same number. */
  readonly token: string;
}

/** The locks of this process. */
const OWN = new Set<string>();

/**
 * Does work while no other capture writes into a folder. A lock whose process is gone is taken over.
 * Throws SourceError where another process holds it.
 */
export async function whileLocked<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const holder: Holder = { pid: process.pid, host: hostname(), token: randomUUID() };
  OWN.add(holder.token);
  try {
    const lock = await tryLock(join(folder, FILE), `${JSON.stringify(holder)}\n`, isLeftOver);
    if (!lock.isHeld) throw heldBy(lock.other, folder);
    try {
      return await work();
    } finally {
      await lock.release();
    }
  } finally {
    OWN.delete(holder.token);
  }
}

/** Processes of another machine cannot be looked for: their locks stand until somebody removes them. */
function isLeftOver(content: string): boolean {
  const holder = holderOf(content);
  if (holder === null) return true;
  if (holder.host !== hostname()) return false;
  return holder.pid === process.pid ? !OWN.has(holder.token) : !isRunning(holder.pid);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function heldBy(content: string, folder: string): SourceError {
  const holder = holderOf(content);
  const host = holder === null || holder.host === hostname() ? '' : ` on ${holder.host}`;
  const who = holder === null ? '' : ` (process ${holder.pid}${host})`;
  const hint = `Wait until it has ended, or choose another folder with --dir. Where nothing runs any more, remove ${join(folder, FILE)}.`;
  return new SourceError('exists', folder, `another capture is writing into it${who}`, hint);
}

function holderOf(content: string): Holder | null {
  const value = jsonOf(content);
  if (!isObject(value)) return null;
  const { pid, host, token } = value;
  const isWhole = typeof pid === 'number' && pid > 0 && typeof host === 'string' && typeof token === 'string';
  return isWhole ? { pid, host, token } : null;
}
