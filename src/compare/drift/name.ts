import { addressOf, formatAddress } from '../../model/address.js';
import type { Resource } from '../../model/resource.js';
import { View } from '../../model/view.js';
import type { DriftKind } from './difference.js';
import type { Side } from './side.js';

/** What tells that two resources of a kind are the same one: the name, or what stands for it where there is none. */
export function keyOf(kind: DriftKind, resource: Resource, { neutral }: Side): string {
  const name = kind === 'ecds' ? extensionKey(resource) : (resource.name ?? addressKey(kind, resource));
  return neutral === null ? name : neutral(name);
}

/** Pilot's debug page gives an extension without the name that its entry has in Envoy, which ends in the plugin's own. */
function extensionKey(resource: Resource): string {
  const outer = resource.name?.split('/').at(-1);
  if (outer !== undefined) return outer;
  return resource.view.get('config')?.string('name') ?? resource.view.string('@type') ?? '';
}

/** Listeners of Istio 1.1 may have no name: their address is unique all the same. */
function addressKey(kind: DriftKind, resource: Resource): string {
  if (kind !== 'listener') return kind === 'bootstrap' ? 'bootstrap' : '';
  const [first] = resource.addresses;
  return formatAddress(addressOf(first ?? new View({}, '')));
}
