import { type AuthorizationPolicyRule, authorizationPolicyOf } from '../../match/authorization-policy.js';
import type { ArgumentKind } from '../response-details.js';
import type { Flag } from '../response-flags.js';

/**
 * Envoy's StreamResetReason as the log writes it (source/common/http/utility.cc, `resetReasonToString`), and the flag that the router sets
 * for it (source/common/router/router.cc, `streamResetReasonToResponseFlag`).
 */
const RESET_FLAGS = {
  connection_failure: 'UF',
  local_connection_failure: 'UF',
  remote_connection_failure: 'UF',
  connection_timeout: 'UF',
  connection_termination: 'UC',
  local_reset: 'LR',
  local_refused_stream_reset: 'LR',
  remote_reset: 'UR',
  remote_refused_stream_reset: 'UR',
  remote_error_with_CONNECT_request: 'UR',
  overflow: 'UO',
  protocol_error: 'UPE',
  overload_manager_reset: 'OM',
} as const satisfies Record<string, Flag>;

type ResetReason = keyof typeof RESET_FLAGS;

const RESET_REASONS = Object.keys(RESET_FLAGS) as ResetReason[];

/** Telling words of a transport socket's failure (BoringSSL's reasons, connect errors by errno), the special before the general. */
export const TRANSPORT_WORDS = [
  'delayed_connect_error:_111',
  'delayed_connect_error:_113',
  'delayed_connect_error:_110',
  'delayed_connect_error:_101',
  'immediate_connect_error',
  'SAN_matcher',
  'CERTIFICATE_VERIFY_FAILED',
  'WRONG_VERSION_NUMBER',
  'CERTIFICATE_EXPIRED',
  'UNKNOWN_CA',
  'CERTIFICATE_REQUIRED',
  'HANDSHAKE_FAILURE',
  'UNRECOGNIZED_NAME',
  'HTTP_REQUEST',
  'Connection_reset_by_peer',
  'Secret_is_not_supplied_by_SDS',
] as const;

/** Telling words of jwt_verify_lib's messages, the special before the general. */
const JWT_WORDS = [
  'Jwt_is_missing',
  'Jwt_is_expired',
  'Jwt_not_yet_valid',
  'Jwt_issuer_is_not_configured',
  'Audiences_in_Jwt_are_not_allowed',
  'Jwt_is_not_in_the_form',
  "Jwks_doesn't_have_key_to_match",
  'Jwks_remote_fetch_is_failed',
  'Jwt_verification_fails',
  'Found_multiple_Jwt_tokens',
  'Jwks',
] as const;

/** TcpProxy's UpstreamFailureReason (source/common/tcp_proxy/tcp_proxy.h) by number, and the flag that it sets. */
const TCP_FAILURE_FLAGS = { '0': 'UF', '1': 'UH', '2': 'UO', '3': 'NC' } as const satisfies Record<string, Flag>;

type TcpFailure = keyof typeof TCP_FAILURE_FLAGS;

const TCP_FAILURES = Object.keys(TCP_FAILURE_FLAGS) as TcpFailure[];

/** Texts by the word that the log shows. */
export interface ArgumentTexts {
  reset: Record<ResetReason, string>;
  transport: Record<(typeof TRANSPORT_WORDS)[number], string>;
  jwt: Record<(typeof JWT_WORDS)[number], string>;
  tcpFailure: Record<TcpFailure, string>;
  /** Where ALLOW policies exist and none matched. */
  policyNone: string;
  policy: (rule: AuthorizationPolicyRule) => string;
  /** A policy in a form that is not Istio's. */
  policyOther: string;
}

/** What stands in the brackets of a detail: its words as logged, and what they mean. */
export interface ExplainedArgument {
  text: string;
  means: string;
}

/** The flag that Envoy sets for the words in a detail's brackets; null where they are not bound to one. */
export function flagOfArgument(kind: ArgumentKind, words: string): Flag | null {
  const reset = kind === 'reset' ? RESET_REASONS.find(sameAs(resetReason(words))) : undefined;
  const failure = kind === 'tcp-failure' ? TCP_FAILURES.find(sameAs(words)) : undefined;
  if (reset !== undefined) return RESET_FLAGS[reset];
  return failure === undefined ? null : TCP_FAILURE_FLAGS[failure];
}

/**
 * Explains the words in a detail's brackets.
 *
 * @param kind what the detail carries; `close` names another detail and is left to the caller
 * @param words as logged, with underscores for spaces
 * @returns one entry for each part that is known; none where nothing is
 */
export function explainArgument(kind: ArgumentKind, words: string, texts: ArgumentTexts): ExplainedArgument[] {
  switch (kind) {
    case 'reset':
      return explainReset(words, texts);
    case 'jwt':
      return explain(words, JWT_WORDS.find(holdsWord(words)), texts.jwt);
    case 'tcp-failure':
      return explain(words, TCP_FAILURES.find(sameAs(words)), texts.tcpFailure);
    case 'policy':
      return [{ text: words, means: explainPolicy(words, texts) }];
    case 'close':
      return [];
  }
}

/** Explains a transport's failure reason; none where it holds no known word. */
export function explainTransport(words: string, texts: ArgumentTexts): ExplainedArgument[] {
  return explain(words, TRANSPORT_WORDS.find(holdsWord(words)), texts.transport);
}

/** Envoy joins the reset reason and the transport's words by `|`, older versions by a comma. */
function resetReason(words: string): string {
  return words.split(/[|,]/, 1)[0] ?? '';
}

function explainReset(words: string, texts: ArgumentTexts): ExplainedArgument[] {
  const reason = resetReason(words);
  const rest = words.slice(reason.length + 1);
  return [...explain(reason, RESET_REASONS.find(sameAs(reason)), texts.reset), ...explainTransport(rest, texts)];
}

function explain<Word extends string>(
  text: string,
  word: Word | undefined,
  texts: Record<Word, string>,
): ExplainedArgument[] {
  return word === undefined ? [] : [{ text, means: texts[word] }];
}

function sameAs(words: string): (word: string) => boolean {
  return word => word.toLowerCase() === words.toLowerCase();
}

function holdsWord(words: string): (word: string) => boolean {
  return word => words.toLowerCase().includes(word.toLowerCase());
}

function explainPolicy(words: string, texts: ArgumentTexts): string {
  if (words === 'none') return texts.policyNone;
  const rule = authorizationPolicyOf(words);
  return rule === null ? texts.policyOther : texts.policy(rule);
}
