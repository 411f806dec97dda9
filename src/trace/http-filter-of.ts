import { type Extension, extensionOf } from '../model/extension.js';
import type { Tracing } from './tracing.js';

/** The first HTTP filter of a kind in the connection manager; undefined where it has none, or the request is none of HTTP. */
export function httpFilterOf({ terminal }: Tracing, kind: string): Extension | undefined {
  return terminal?.config
    .list('http_filters')
    .map(extensionOf)
    .find(filter => filter.kind === kind);
}
