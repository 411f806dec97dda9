import type { View } from '../model/view.js';

const CODES: Readonly<Record<string, number>> = { NOT_FOUND: 404, INTERNAL_SERVER_ERROR: 500 };

/**
 * The code with which Envoy answers for a cluster that does not exist: 503 unless the route says otherwise.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto (ClusterNotFoundResponseCode)
 */
export function clusterNotFoundCode(action: View | undefined): number {
  return CODES[action?.string('cluster_not_found_response_code') ?? ''] ?? 503;
}
