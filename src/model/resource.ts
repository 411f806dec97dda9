import { isObject } from '../decode/json.js';
import type { ResourceKind, ResourceState } from '../decode/layout.js';
import { DecodeProblem } from '../decode/problem.js';
import { ScanError } from '../decode/scan.js';
import { CAPTURE_AGAIN } from '../decode/unknown-value.js';
import { type Messages, viewOf } from './messages.js';
import { withoutSecretText } from './redact/secret-text.js';
import { View } from './view.js';

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
  /** Throws ScanError where it is not JSON. */
  readonly message: unknown;
  /** The message's JSON text, where it stands in a document. */
  readonly text?: Buffer;
  /** One member of the message, where it stands in a document. Throws ScanError where it is not JSON. */
  member?(name: string): unknown;
  /** Throws ScanError where they are not JSON. */
  readonly addresses: readonly unknown[];
}

/** One listener, cluster, route configuration, … of a proxy, with the document it stands in. Its message is parsed when first asked for. */
export class Resource {
  #view: View | undefined;

  constructor(
    private readonly source: ResourceSource,
    /** Name of the document. */
    readonly document: string,
    /** Those of other proxies as well, where there are others. */
    private readonly messages: Messages | null = null,
  ) {}

  get kind(): ResourceKind {
    return this.source.kind;
  }

  get name(): string | null {
    return this.source.name;
  }

  get state(): ResourceState {
    return this.source.state;
  }

  /** Whether it stands in the bootstrap, against those that came by xDS. istioctl's lists do not tell. */
  get isStatic(): boolean {
    return this.source.isStatic;
  }

  get versionInfo(): string | null {
    return this.source.versionInfo;
  }

  /** When Envoy took it, an RFC 3339 time; null where the document does not say. */
  get lastUpdated(): string | null {
    return this.source.lastUpdated;
  }

  /** Envoy's reason for rejecting the update, where it did, without the secrets that Envoy quotes. */
  get errorDetails(): string | null {
    const { errorDetails } = this.source;
    return errorDetails === null ? null : withoutSecretText(errorDetails);
  }

  /** RFC 6901 pointer of the message in its document. */
  get pointer(): string {
    return this.source.pointer;
  }

  /** The message; empty where the entry holds none or something else. Throws DecodeProblem where it is not JSON. */
  get view(): View {
    this.#view ??= this.read(() => this.messages?.viewOf(this.source) ?? viewOf(this.source));
    return this.#view;
  }

  /** A message field, or undefined when it is absent or not an object; nothing else is parsed for it. Throws DecodeProblem where it is not JSON. */
  part(field: string): View | undefined {
    if (this.#view !== undefined || this.source.member === undefined) return this.view.get(field);
    const value = this.read(() => this.source.member?.(field));
    return isObject(value) ? new View(value, `${this.source.pointer}/${field}`) : undefined;
  }

  /** The message's JSON text without parsing it; null where it is no entry of a document by itself. */
  get text(): Buffer | null {
    return this.source.text ?? null;
  }

  /** A listener's addresses, its own first, without parsing the listener. Throws DecodeProblem where they are not JSON. */
  get addresses(): View[] {
    return this.read(() => this.source.addresses).flatMap(address => {
      const view = isObject(address) ? new View(address, this.source.pointer) : undefined;
      const inner = view?.get('address') ?? view;
      return inner === undefined ? [] : [inner];
    });
  }

  private read<T>(part: () => T): T {
    try {
      return part();
    } catch (error) {
      if (!(error instanceof ScanError)) throw error;
      const what = `is not JSON at byte ${error.offset}, in its ${this.kind} ${this.name ?? this.pointer} (${error.message})`;
      throw new DecodeProblem(this.document, what, CAPTURE_AGAIN);
    }
  }
}
