import { readdirSync, readFileSync } from 'node:fs';
import type { ListedProxy, ProxyStatus } from '../../../src/decode/proxy-status/status.js';

const FIXTURES = new URL('./fixtures/', import.meta.url);

export function fixture(path: string): string {
  return readFileSync(new URL(path, FIXTURES), 'utf8');
}

export function fixtureNames(folder: string): string[] {
  return readdirSync(new URL(folder, FIXTURES)).sort();
}

/** One line a proxy: `name | CDS LDS … | istiod | version`, states with `/` and their detail. */
export function rows(status: ProxyStatus): string[] {
  return status.proxies.map(row);
}

function row(proxy: ListedProxy): string {
  const states = Object.entries(proxy.types).map(
    ([type, { state, detail }]) => `${type}=${state}${detail === null ? '' : `/${detail}`}`,
  );
  return [proxy.name, states.join(' '), proxy.istiod ?? '-', proxy.version ?? '-'].join(' | ');
}

/** The states alone, types that are not asked for left out: what all layouts of one listing agree on. */
export function states(status: ProxyStatus): string[] {
  return status.proxies.map(({ name, types }) => {
    const asked = Object.entries(types).filter(([, { state }]) => state !== 'IGNORED');
    return `${name} ${asked.map(([type, { state }]) => `${type}=${state}`).join(' ')}`;
  });
}
