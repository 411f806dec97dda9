import { isObject, text } from '../json.js';
import { findJson } from '../recognise.js';
import { jsonDocuments } from './documents.js';
import { TABLE_HEADER } from './table.js';

/** The part of a listing of proxies that is about one of them, in the same layout. */
export interface StatusSlice {
  readonly text: string;
  readonly layout: 'json' | 'table';
}

/**
 * Cuts what one proxy, `pod.namespace`, is about out of `istioctl proxy-status`: its resources in the JSON documents, or its
 * rows in the table. Null where the listing does not have it. Throws ProxyStatusError where JSON is not whole.
 */
export function sliceProxyStatus(listing: string, name: string): StatusSlice | null {
  return TABLE_HEADER.test(listing) ? sliceTable(listing, name) : sliceJson(listing, name);
}

function sliceTable(listing: string, name: string): StatusSlice | null {
  const lines = listing.split(/\r?\n/);
  const header = lines.find(line => TABLE_HEADER.test(line)) ?? '';
  const rows = lines.filter(line => line.trim().split(/\s+/)[0] === name);
  return rows.length === 0 ? null : { text: `${[header, ...rows].join('\n')}\n`, layout: 'table' };
}

function sliceJson(listing: string, name: string): StatusSlice | null {
  if (findJson(Buffer.from(listing)) < 0) return null;
  const slices = jsonDocuments(listing).documents.flatMap(({ value }) => {
    if (!isObject(value) || !Array.isArray(value.resources)) return [];
    const resources = value.resources.filter(resource => isObject(resource) && nameOf(resource) === name);
    return resources.length === 0 ? [] : [JSON.stringify({ ...value, resources }, null, 1)];
  });
  return slices.length === 0 ? null : { text: `${slices.join('\n')}\n`, layout: 'json' };
}

/** istiod gives the node's name; Envoy's own node id has it as its third part. */
function nameOf(resource: Record<string, unknown>): string | null {
  const id = isObject(resource.node) ? text(resource.node.id) : null;
  return id?.split('~')[2] ?? id;
}
