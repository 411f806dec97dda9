import { oncePerMessage } from './once.js';
import { View } from './view.js';

/** One configured extension: a filter, transport socket, matcher input or per-route override. */
export interface Extension {
  /** The name under which it is configured; null when it has none. */
  readonly name: string | null;
  /** Its protobuf type without the `type.googleapis.com/` prefix; null for the untyped `config` of Istio 1.1. */
  readonly type: string | null;
  /** What it is, across API versions: the package segment before the version, e.g. `rbac`, `tcp_proxy`, `http_connection_manager`. */
  readonly kind: string;
  /** Its configuration, unwrapped from Any and TypedStruct; empty when it has none. */
  readonly config: View;
}

/** Reads an extension from a message with `name` and `typed_config` or the untyped `config` of API v2. */
export const extensionOf = oncePerMessage(readExtension);

function readExtension(view: View): Extension {
  const name = view.string('name') ?? null;
  const body = view.get('typed_config') ?? view.get('config') ?? new View({}, view.pointer);
  const any = unwrapAny(body);
  return { name, type: any.type, kind: extensionKind(any.type, name), config: any.config };
}

/** Unwraps an Any: the protobuf type and the message, also out of the TypedStruct that xDS wraps foreign types in. */
export function unwrapAny(body: View): { type: string | null; config: View } {
  const type = shortType(body.string('@type'));
  if (type?.endsWith('.TypedStruct')) {
    return {
      type: shortType(body.string('type_url')) ?? type,
      config: body.get('value') ?? new View({}, body.pointer),
    };
  }
  return { type, config: body };
}

/** Names what an extension is from its protobuf type, or from its configured name where it has no type. */
function extensionKind(type: string | null, name: string | null): string {
  const segments = type?.split('.') ?? [];
  const version = segments.findIndex(segment => /^v\d+(alpha|beta)?\d*$/.test(segment));
  const packageNames = segments.slice(0, version > 0 ? version : -1).filter(segment => segment !== 'config');
  return packageNames.at(-1) ?? name?.split('.').at(-1) ?? 'unknown';
}

function shortType(url: string | undefined): string | null {
  return url === undefined ? null : url.slice(url.lastIndexOf('/') + 1);
}
