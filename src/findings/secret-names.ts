import { oncePerMessage } from '../model/once.js';
import { certificateNames, transportSocketOf, validationName } from '../model/transport-socket.js';
import type { View } from '../model/view.js';
import type { Touched } from './touched.js';

/** The names of the secrets that the chain and the clusters of a trace use. */
export function secretNames({ chain, clusters }: Touched): string[] {
  const ofChain = chain === null ? [] : secretsOf(chain.chain);
  return [...new Set([...ofChain, ...clusters.flatMap(({ view }) => secretsOfCluster(view))])];
}

const secretsOf = oncePerMessage((owner: View): readonly string[] => {
  const { context } = transportSocketOf(owner);
  if (context === null) return [];
  return [...certificateNames(context), validationName(context) ?? ''].filter(name => name !== '');
});

const secretsOfCluster = oncePerMessage((cluster: View): readonly string[] =>
  [cluster, ...cluster.list('transport_socket_matches')].flatMap(secretsOf),
);
