import { isPrivateKey } from './private-key.js';
import { REDACTED, type RemovalKind } from './removal.js';
import { isSecretName } from './secret-header.js';

interface Pattern {
  readonly kind: RemovalKind;
  readonly find: RegExp;
  /** What is left of a match; REDACTED when absent. */
  readonly leave?: string | ((match: string) => string);
}

/** Names of secrets, whatever stands before them: `apiToken`, `DB_PASSWORD`. */
const NAMES =
  '(?:(?:pass(?:word|wd|phrase|code)|secrets?|tokens?|credentials?|(?:api|access|secret|auth|account|shared|private|signing|encryption|license|master|session)[-_ ]?key(?:[-_]?id)?)|\\b(?:pwd|pass|sig|signature))';

/** How a secret looks wherever it stands. A word of letters behind a scheme is prose, as in “Basic authentication”. */
const PATTERNS: readonly Pattern[] = [
  {
    kind: 'private key',
    find: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  { kind: 'private key', find: /(?<![A-Za-z0-9+/])M[A-Za-z0-9+/]{40,}={0,2}/g, leave: withoutKey },
  { kind: 'token', find: /\beyJ[\w-]{6,}\.[\w-]{2,}(?:\.[\w-]*)*/g },
  {
    kind: 'authorization header',
    find: /\b(bearer|basic|apikey)((?:\s|%20)+)(?=[\w.~+/=-]*[\d=]|[\w.~+/=-]{16})[\w.~+/=-]{8,}/gi,
    leave: `$1$2${REDACTED}`,
  },
  {
    kind: 'authorization header',
    find: /\b((?:proxy-)?authorization(?:["']\s*[:=,]\s*["']|\s*=\s*|:\s+)(?:\w+\s+)?)(?!REDACTED)[\w.~+/=-]{6,}/gi,
    leave: `$1${REDACTED}`,
  },
  { kind: 'password', find: /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#@:"']*):[^\s/?#@"']+@/gi, leave: `$1:${REDACTED}@` },
  { kind: 'token', find: /(\b[a-z][a-z0-9+.-]*:\/\/)(?!REDACTED@)[^\s/?#@:"']{8,}@/gi, leave: `$1${REDACTED}@` },
  {
    kind: 'secret',
    find: new RegExp(
      `(${NAMES}(?:["']\\s*[:=]\\s*["']?|\\s*=\\s*["']?|:\\s+["']?))(?!REDACTED)[\\w.~+/@-]{5,}=*`,
      'gi',
    ),
    leave: `$1${REDACTED}`,
  },
  { kind: 'token', find: /[?&;#][^=?&;#\s"']+=(?!REDACTED)[^&;#\s"']+/g, leave: withoutParameter },
  { kind: 'password', find: /\{SHA\}[A-Za-z0-9+/]+=*|\$(?:apr1|2[abxy]|[156])\$[\w./$]{8,}/g },
  {
    kind: 'token',
    find: /\b(?:A[KS]IA[0-9A-Z]{16}|AIza[\w-]{35}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abeoprs]-[\w-]{10,}|sk-(?:[a-z]+-)?\w{24,}|[rs]k_(?:live|test)_\w{10,}|ya29\.[\w-]{20,}|hv[sb]\.[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|npm_\w{30,}|dop_v1_\w{30,})/g,
  },
];

/** Something of this stands in every text that one of the patterns finds. */
const HINT =
  /PRIVATE KEY|M[IC][A-Za-z0-9+/]{40}|eyJ|bearer|basic|apikey|authorization|@|pass|pwd|secret|token|credential|session|cookie|jwt|hmac|sig|[-_ ]key|\{SHA\}|\$(?:apr1|2[abxy]|[156])\$|A[KS]IA|AIza|gh[pousr]_|pat_|glpat|xox|sk[-_]|rk_|ya29|hv[sb]\.|SG\.|npm_|dop_/i;

/** A text without the secrets that show by their form, and the kinds of what was found; the same text when there are none. */
export function maskText(text: string): { text: string; kinds: RemovalKind[] } {
  const kinds: RemovalKind[] = [];
  if (!HINT.test(text)) return { text, kinds };
  let masked = text;
  for (const { kind, find, leave = REDACTED } of PATTERNS) {
    const next = typeof leave === 'string' ? masked.replace(find, leave) : masked.replace(find, leave);
    if (next !== masked) kinds.push(kind);
    masked = next;
  }
  return { text: masked, kinds };
}

/** The text alone, for a path or a URL that is to be printed. */
export function withoutSecretText(text: string): string {
  return maskText(text).text;
}

function withoutKey(base64: string): string {
  return isPrivateKey(base64) ? REDACTED : base64;
}

/** A parameter of a query or a fragment, the mark before it included. */
function withoutParameter(parameter: string): string {
  const value = parameter.indexOf('=') + 1;
  return isSecretName(parameter.slice(1, value - 1)) ? parameter.slice(0, value) + REDACTED : parameter;
}
