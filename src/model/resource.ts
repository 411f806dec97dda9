import type { ResourceKind, ResourceState } from '../decode/layout.js';
import { isObject, View } from './view.js';

/** Where a resource comes from: an entry of a dump, or a part of the bootstrap. */
export interface ResourceSource {
  readonly kind: ResourceKind;
  readonly state: ResourceState;
  readonly isStatic: boolean;
  readonly name: string | null;
  readonly versionInfo: string | null;
  readonly lastUpdated: string | null;
  readonly errorDetails: string | null;
  readonly pointer: string;
  readonly message: unknown;
  /** The message's JSON text, where it stands in a document. */
  readonly text?: Buffer;
  readonly addresses: readonly unknown[];
}

/** One listener, cluster, route configuration, … of a proxy, with the document it stands in. Its message is parsed when first asked for. */
export class Resource {
  #view: View | undefined;

  constructor(
    private readonly entry: ResourceSource,
    /** Name of the document. */
    readonly document: string,
  ) {}

  get kind(): ResourceKind {
    return this.entry.kind;
  }

  get name(): string | null {
    return this.entry.name;
  }

  get state(): ResourceState {
    return this.entry.state;
  }

  get isStatic(): boolean {
    return this.entry.isStatic;
  }

  get versionInfo(): string | null {
    return this.entry.versionInfo;
  }

  get lastUpdated(): string | null {
    return this.entry.lastUpdated;
  }

  /** Envoy's reason for rejecting the update, where it did. */
  get errorDetails(): string | null {
    return this.entry.errorDetails;
  }

  get pointer(): string {
    return this.entry.pointer;
  }

  /** The resource message; empty where the entry holds none or holds something else. Throws SyntaxError where it is not JSON. */
  get view(): View {
    if (this.#view === undefined) {
      const message = this.entry.message;
      this.#view = new View(isObject(message) ? message : {}, this.entry.pointer);
    }
    return this.#view;
  }

  /** The message's JSON text without parsing it; null where it is no entry of a document by itself. */
  get text(): Buffer | null {
    return this.entry.text ?? null;
  }

  /** A listener's addresses, its own first, without parsing the listener. */
  get addresses(): View[] {
    return this.entry.addresses.flatMap(address => {
      const view = isObject(address) ? new View(address, this.entry.pointer) : undefined;
      const inner = view?.get('address') ?? view;
      return inner === undefined ? [] : [inner];
    });
  }
}
