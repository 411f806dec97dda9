import { snakeCase } from '../../decode/case.js';

/** Fields that make a message envoy.extensions.transport_sockets.tls.v3.Secret: only some of what it holds is secret. */
const SECRET_TYPES = ['tls_certificate', 'validation_context', 'session_ticket_keys', 'generic_secret'];

/** Members of a JSON Web Key that must not be known (RFC 7518, section 6). */
const PRIVATE_MEMBERS = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']);

type JsonObject = Readonly<Record<string, unknown>>;

/** Whether an object is an SDS secret, by its type or its fields. */
export function isSecretMessage(object: JsonObject): boolean {
  const type = object['@type'];
  if (typeof type === 'string') return type.endsWith('.Secret');
  return Object.keys(object).some(key => SECRET_TYPES.includes(snakeCase(key)));
}

/** Whether a member of a JSON Web Key is private. */
export function isPrivateMember(object: JsonObject, key: string): boolean {
  return typeof object.kty === 'string' && PRIVATE_MEMBERS.has(key);
}

/** Whether an object is a core.v3.DataSource that holds its data itself. */
export function isInlineSource(object: JsonObject): boolean {
  return Object.keys(object).some(key => /^inline_?(string|bytes)$/i.test(key));
}
