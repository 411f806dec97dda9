import { asciiLower } from './ascii.js';

/**
 * What Envoy looks a server name up by in the `server_names` of filter chains, in order: the name itself, its wildcards from the longest
 * (`.b.c`, `.c` for `a.b.c`), and the empty string for chains that set none. Case does not count.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto#config-listener-v3-filterchainmatch
 */
export function serverNameCandidates(sni: string): string[] {
  const name = asciiLower(sni);
  const candidates = name === '' ? [] : [name];
  for (let dot = name.indexOf('.', 1); dot > 0 && dot < name.length - 1; dot = name.indexOf('.', dot + 1)) {
    candidates.push(name.slice(dot));
  }
  return [...candidates, ''];
}

/**
 * How closely a chain's `server_names` fit an SNI (empty where none was sent): the length of the candidate that matches, 0 where the chain
 * names none, null where none matches. `*.b.c` and `.b.c` mean the same; `*` alone and `*a.b`, which Envoy refuses, match nothing.
 */
export function matchServerName(names: readonly string[], sni: string): number | null {
  if (names.length === 0) return 0;
  const keys = new Set(names.map(name => asciiLower(name.startsWith('*.') ? name.slice(1) : name)));
  const candidate = serverNameCandidates(sni).find(name => keys.has(name));
  return candidate?.length ?? null;
}
