import { certificateNames, transportSocketOf, validationName } from '../model/transport-socket.js';
import type { View } from '../model/view.js';
import type { Touched } from './touched.js';

/** The names of the secrets that the chain and the clusters of a trace use. */
export function secretNames({ chain, clusters }: Touched): string[] {
  const owners: View[] = [
    ...(chain === null ? [] : [chain.chain]),
    ...clusters.flatMap(({ view }) => [view, ...view.list('transport_socket_matches')]),
  ];
  const contexts = owners.map(owner => transportSocketOf(owner).context).filter(context => context !== null);
  const names = contexts.flatMap(context => [...certificateNames(context), validationName(context) ?? '']);
  return [...new Set(names.filter(name => name !== ''))];
}
