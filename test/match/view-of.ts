import { View } from '../../src/model/view.js';

/** A view of a message written by hand. */
export function viewOf(value: Record<string, unknown>): View {
  return new View(value, '');
}
