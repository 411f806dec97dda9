import { DRIFT_KINDS, type DriftNote } from '../drift/difference.js';
import type { Found } from '../drift/find.js';
import type { Side } from '../drift/side.js';

/** Older versions that are being closed beside what serves: no difference, but connections may still be on them. */
export function drainingNotes({ label, proxy }: Side, found: readonly Found[]): DriftNote[] {
  const told = new Set(found.map(({ pair }) => `${pair.kind} ${pair.name}`));
  return DRIFT_KINDS.flatMap(kind =>
    proxy
      .all(kind)
      .filter(({ state, name }) => state === 'draining' && name !== null && !told.has(`${kind} ${name}`))
      .map(
        ({ name }): DriftNote => ({
          about: 'draining',
          text: `${label} is still draining an older ${kind} ${name}: connections made before go on with it`,
        }),
      ),
  );
}
