import { substitute } from '../match/substitution.js';
import { isSecretName } from '../model/redact/secret-header.js';
import type { View } from '../model/view.js';
import type { HeaderTarget } from './header-target.js';
import { headerLookup } from './headers.js';
import { remoteAddress } from './remote-address.js';
import type { Tracing } from './tracing.js';

/** A header that a HeaderValueOption asks for, its value evaluated. */
export interface EvaluatedOption {
  readonly name: string;
  readonly value: string;
  readonly appends: boolean;
}

/**
 * Evaluates a core.v3.HeaderValueOption on the headers as they are; null where it changes nothing: an empty value without `keep_empty_value`,
 * ADD_IF_ABSENT of a header that is there, OVERWRITE_IF_EXISTS of one that is not.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/base.proto#config-core-v3-headervalueoption
 */
export function evaluateOption(trace: Tracing, headers: HeaderTarget, option: View): EvaluatedOption | null {
  const header = option.get('header');
  const name = header?.string('key') ?? '';
  const isThere = headers.get(name.toLowerCase()) !== undefined;
  const action = actionOf(option);
  if ((action === 'ADD_IF_ABSENT' && isThere) || (action === 'OVERWRITE_IF_EXISTS' && !isThere)) return null;
  const format = header?.string('value') ?? '';
  const value = substitute(format, headerLookup(trace), knownOperators(trace), '') ?? format;
  if (value === '' && !option.boolean('keep_empty_value')) return null;
  return { name, value, appends: action === 'APPEND_IF_EXISTS_OR_ADD' || action === 'ADD_IF_ABSENT' };
}

/** Writes an evaluated option; returns what it did, in words. Credentials are not printed. */
export function writeOption(headers: HeaderTarget, { name, value, appends }: EvaluatedOption): string {
  const key = name.toLowerCase();
  const before = headers.get(key);
  const shown = isSecretName(name) ? '(hidden)' : value;
  if (appends && before !== undefined) {
    headers.set(key, `${before},${value}`);
    return `appends to header ${name}: ${shown}`;
  }
  headers.set(key, value);
  const was = before === undefined || before === value ? '' : ` (before: ${isSecretName(name) ? '(hidden)' : before})`;
  return `sets header ${name}: ${shown}${was}`;
}

/** v2's `append` is true unless set. */
function actionOf(option: View): string {
  const action = option.string('append_action');
  if (action !== undefined) return action;
  return option.boolean('append', true) ? 'APPEND_IF_EXISTS_OR_ADD' : 'OVERWRITE_IF_EXISTS_OR_ADD';
}

/** What connection and route make of Envoy's command operators, by name. */
export function knownOperators(trace: Tracing): Record<string, string> {
  const { request, connection } = trace;
  const known: Record<string, string | undefined> = {
    DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT: remoteAddress(trace),
    DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT: request.from.directIp ?? request.from.ip,
    DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT: request.ip ?? undefined,
    DOWNSTREAM_LOCAL_PORT: String(request.port),
    DOWNSTREAM_PEER_URI_SAN: request.tls === 'mtls' ? request.from.principal : '',
    REQUESTED_SERVER_NAME: connection.sni ?? '',
    PROTOCOL: request.protocol === 'http' ? 'HTTP/1.1' : 'HTTP/2',
    ROUTE_NAME: trace.route?.string('name') ?? '',
  };
  return Object.fromEntries(Object.entries(known).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
