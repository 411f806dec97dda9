import type { Extension } from '../../model/extension.js';
import { askedService } from '../asked-service.js';
import type { PerRoute } from '../per-route.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';
import { letPass } from './http-filter-passing.js';

/**
 * External processing: whom it asks, and which part of the request it shows. A service that only watches, or sees nothing of the request,
 * cannot hold it up.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/ext_proc/v3/ext_proc.proto
 */
export function extProc(trace: Tracing, { name, config }: Extension, perRoute: PerRoute, state: FilterState): void {
  const label = name ?? 'ext_proc';
  const overrides = perRoute.config?.get('overrides');
  const cluster = askedService(overrides?.has('grpc_service') === true ? overrides : config);
  const mode = overrides?.get('processing_mode') ?? config.get('processing_mode');
  const seesHeaders = mode?.string('request_header_mode') !== 'SKIP';
  const seesBody = !['NONE', undefined].includes(mode?.string('request_body_mode'));
  if (config.boolean('observability_mode')) {
    letPass(
      trace,
      label,
      { effect: `shows the request to the service at cluster ${cluster}, which only watches` },
      state,
    );
  } else if (!seesHeaders && !seesBody) {
    letPass(trace, label, { effect: 'asks nothing about requests (processing_mode)' }, state);
  } else {
    const effect = `asks the processing service at cluster ${cluster} about ${seesHeaders ? 'headers' : 'the body'}`;
    letPass(trace, label, { effect, condition: `ext_proc at cluster ${cluster} allows it`, mayReroute: true }, state);
  }
}
