import { isObject } from '../decode/json.js';
import type { ResourceSource } from './resource.js';
import { View } from './view.js';

/** A message that was read, and the text that it was read from. */
interface Known {
  readonly text: Buffer;
  readonly view: View;
}

/** Texts that are remembered of one place: what more proxies than this have differently there is hardly the same in any two. */
const MAX_TEXTS = 16;

/**
 * The messages of several proxies. Sidecars of one mesh hold largely the same clusters, routes and endpoints, which are read once: what has
 * the same text at the same place is the same object, so that all that is known of it by {@link oncePerMessage} holds as well.
 */
export class Messages {
  private readonly byPlace = new Map<string, Known[]>();

  /** The message of a resource; empty where it holds none or something else. Throws ScanError where it is not JSON. */
  viewOf(source: ResourceSource): View {
    const { text, pointer } = source;
    if (text === undefined || source.kind === 'bootstrap') return viewOf(source);
    let known = this.byPlace.get(pointer);
    if (known === undefined) {
      known = [];
      this.byPlace.set(pointer, known);
    }
    const same = known.find(other => other.text.length === text.length && other.text.equals(text));
    if (same !== undefined) return same.view;
    const view = viewOf(source);
    if (known.length < MAX_TEXTS) known.push({ text, view });
    return view;
  }
}

/** A view of a resource’s message by itself. Throws ScanError where it is not JSON. */
export function viewOf({ message, pointer }: ResourceSource): View {
  return new View(isObject(message) ? message : {}, pointer);
}
