import { jsonEnd } from './json-answer.js';

/**
 * The names of the proxies in a listing of `proxy-status`, sorted: the node ids of its JSON documents, or the first
 * column of its table. Entries without a name are left out.
 */
export function proxyNames(listing: Buffer): string[] {
  const names = listing[0] === 0x7b ? namesInJson(listing) : namesInTable(listing);
  return [...new Set(names)].sort();
}

interface StatusDocument {
  readonly resources?: readonly ({ readonly node?: { readonly id?: unknown } | null } | null)[] | null;
}

function namesInJson(listing: Buffer): string[] {
  return jsonDocuments(listing).flatMap(text => {
    const document: StatusDocument = JSON.parse(text);
    return (document.resources ?? []).map(resource => resource?.node?.id).filter(id => typeof id === 'string');
  });
}

function jsonDocuments(listing: Buffer): string[] {
  const texts: string[] = [];
  let start = 0;
  while (start !== -1 && start < listing.length) {
    const end = jsonEnd(listing, start);
    texts.push(listing.toString('utf8', start, end));
    start = listing.indexOf('{', end);
  }
  return texts;
}

function namesInTable(listing: Buffer): string[] {
  const [, ...rows] = listing.toString('utf8').split('\n');
  return rows.map(row => /^\S+\.\S+/.exec(row)?.[0] ?? '').filter(name => name !== '');
}
