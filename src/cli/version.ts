import { createRequire } from 'node:module';

/** mesh-trace's own version, from its package.json. */
export function version(): string {
  const manifest: { version: string } = createRequire(import.meta.url)('../../package.json');
  return manifest.version;
}
