import type { Resource } from '../model/resource.js';
import type { View } from '../model/view.js';

/** All filter chains of a listener, the default one last. */
export function chainsOf(listener: Resource): View[] {
  const { view } = listener;
  return [...view.list('filter_chains'), ...view.list('default_filter_chain')];
}
