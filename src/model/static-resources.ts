import type { ResourceKind } from '../decode/layout.js';
import { Resource } from './resource.js';
import type { View } from './view.js';

const FIELDS: readonly (readonly [ResourceKind, string])[] = [
  ['listener', 'listeners'],
  ['cluster', 'clusters'],
  ['secret', 'secrets'],
];

/** Whether a bootstrap may hold resources of a kind. */
export function isStaticKind(kind: ResourceKind): boolean {
  return FIELDS.some(([own]) => own === kind);
}

/** The listeners, clusters and secrets that a bootstrap's `static_resources` hold, with their place in it. */
export function staticResources(bootstrap: Resource): Map<ResourceKind, Resource[]> {
  const holder = bootstrap.view.get('static_resources');
  return new Map(
    FIELDS.map(([kind, field]) => [kind, (holder?.list(field) ?? []).map(view => partOf(bootstrap, kind, view))]),
  );
}

function partOf(bootstrap: Resource, kind: ResourceKind, view: View): Resource {
  const more = view.list('additional_addresses').map(({ value }) => value);
  const addresses = [view.raw('address'), ...more].filter(address => address !== undefined);
  const { lastUpdated, document } = bootstrap;
  const common = { kind, state: 'active', isStatic: true, versionInfo: null, lastUpdated, errorDetails: null } as const;
  const { pointer, value } = view;
  return new Resource({ ...common, name: view.string('name') ?? null, pointer, message: value, addresses }, document);
}
