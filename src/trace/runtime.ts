import type { ProxyConfig } from '../model/proxy.js';

/**
 * A boolean runtime key of the bootstrap's static layers, the last layer that has it; undefined where none has, so that Envoy's own default
 * holds. What the admin page or RTDS changed at run time is not in a dump.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/operations/runtime
 */
export function runtimeFlag(proxy: ProxyConfig, key: string): boolean | undefined {
  const layers = proxy.active('bootstrap')[0]?.view.get('layered_runtime')?.list('layers') ?? [];
  const values = layers.map(layer => layer.get('static_layer')?.value[key]).filter(value => value !== undefined);
  const last = values.at(-1);
  return last === undefined ? undefined : last === true || last === 'true';
}
