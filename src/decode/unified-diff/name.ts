import type { StatusDiffKind } from './status-diff.js';

/** What tells a resource's name where the name itself does not show, the surest first. */
const TELLING: Readonly<Record<StatusDiffKind, readonly RegExp[]>> = {
  cluster: [/"(?:serviceName|altStatName)": "([^";]+)/, /"sni": "(outbound_\.[^"]+)"/],
  listener: [/"statPrefix": "outbound_([\d.]+_\d+);?"/],
  route: [],
};

const CLUSTER_PORT = /"outbound\|(\d+)\|[^"]*"/g;

/** The name of a resource as its lines let it be told; null where they do not. */
export function nameIn(lines: readonly string[], kind: StatusDiffKind): string | null {
  const text = lines.join('\n');
  for (const telling of TELLING[kind]) {
    const name = telling.exec(text)?.[1];
    if (name !== undefined) return name.startsWith('outbound_.') ? name.replaceAll('_.', '|') : name;
  }
  return kind === 'route' ? portOfClusters(text) : null;
}

/** A sidecar's route tables are called by the port of the services in them. */
function portOfClusters(text: string): string | null {
  const ports = new Set([...text.matchAll(CLUSTER_PORT)].map(([, port]) => port));
  const [only] = ports;
  return ports.size === 1 && only !== undefined ? only : null;
}
