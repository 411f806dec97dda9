import { stat } from 'node:fs/promises';

/** Whether something stands at a path: what a user writes may be a path or the name of a proxy. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
