import { isObject } from '../decode/json.js';
import type { RuntimeValue } from '../match/fraction.js';
import type { ProxyConfig } from '../model/proxy.js';

/**
 * The values of the bootstrap's static runtime layers, the last layer that has a key; undefined where none has, so that the configuration's own
 * default holds. What the admin page or RTDS changed at run time is not in a dump.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/operations/runtime
 */
export function runtimeOf(proxy: ProxyConfig): RuntimeValue {
  return key => {
    const layers = proxy.active('bootstrap')[0]?.view.get('layered_runtime')?.list('layers') ?? [];
    const values = layers.map(layer => valueAt(layer.get('static_layer')?.value, key));
    return values.findLast(value => value !== undefined);
  };
}

/** A boolean runtime key; undefined where no layer has it. */
export function runtimeFlag(proxy: ProxyConfig, key: string): boolean | undefined {
  const value = runtimeOf(proxy)(key);
  return value === undefined ? undefined : value === true || value === 'true';
}

/** An integer runtime key, also where it is written as text; undefined where no layer has it, or has something else (source/common/runtime/runtime_impl.cc). */
export function runtimeInteger(proxy: ProxyConfig, key: string): number | undefined {
  const value = runtimeOf(proxy)(key);
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Keys stand as they are, or taken apart at their dots. */
function valueAt(layer: unknown, key: string): unknown {
  if (!isObject(layer)) return undefined;
  if (Object.hasOwn(layer, key)) return layer[key];
  return key
    .split('.')
    .reduce<unknown>((value, part) => (isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined), layer);
}
