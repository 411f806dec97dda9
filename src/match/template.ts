import { compileRegex, PatternError } from './regex.js';

// The characters of a path segment (RFC 3986 pchar) but `*`, which is an operator.
const LITERAL = "a-zA-Z0-9\\-._~%!$&'()+,;:@=";
const ANY_SEGMENT = `[${LITERAL}]+`;
const ANY_TEXT = `[${LITERAL}/]*`;
const IS_LITERAL = new RegExp(`^[${LITERAL}]+$`);
const IS_REWRITE_LITERAL = new RegExp(`^[${LITERAL}/]+$`);
const IS_VARIABLE = /^[a-zA-Z]\w*$/;
const MAX_VARIABLES = 5;
const LONGEST_VARIABLE = 16;

/**
 * Matches a path without its query against a URI template: `*` is one segment, `**` any text, `{a}` and `{a=x/**}` capture.
 * Returns the captured variables, or null where the path does not match. Throws PatternError for a template that Envoy refuses.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/path/match/uri_template/v3/uri_template_match.proto
 */
export function matchTemplate(pattern: string, path: string): Map<string, string> | null {
  return compileRegex(templateRegex(pattern)).captures(path);
}

/**
 * Fills the captured variables into a rewrite template. Throws PatternError where Envoy refuses it or a variable is not there.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/path/rewrite/uri_template/v3/uri_template_rewrite.proto
 */
export function rewriteTemplate(rewrite: string, variables: ReadonlyMap<string, string>): string {
  if (!rewrite.startsWith('/')) throw new PatternError(rewrite, 'a rewrite template begins with /');
  if (rewrite.includes('//')) throw new PatternError(rewrite, 'a rewrite template has no //');
  return rewrite
    .split(/(\{[^{}]*\})/)
    .filter(part => part !== '')
    .map(part => rewritten(rewrite, part, variables))
    .join('');
}

function rewritten(rewrite: string, part: string, variables: ReadonlyMap<string, string>): string {
  if (!part.startsWith('{') || !part.endsWith('}')) {
    if (!IS_REWRITE_LITERAL.test(part)) throw new PatternError(rewrite, `${part} is not a literal`);
    return part;
  }
  const value = variables.get(part.slice(1, -1));
  if (value === undefined) throw new PatternError(rewrite, `the path template has no variable ${part}`);
  return value;
}

/** The RE2 pattern of a template: segments joined by slashes, with an optional literal suffix behind the last operator or variable. */
function templateRegex(pattern: string): string {
  if (!/^\/[!-~]*$/.test(pattern)) throw new PatternError(pattern, 'a path template is printable and begins with /');
  const parser = new TemplateParser(pattern);
  return `/${parser.segments().join('/')}`;
}

class TemplateParser {
  readonly #names = new Set<string>();
  #hasTextGlob = false;

  constructor(readonly pattern: string) {}

  segments(): string[] {
    // A slash between braces belongs to its variable.
    const segments = this.pattern.slice(1).split(/\/(?![^{]*\})/);
    return segments.map((segment, index) => this.#segment(segment, index === segments.length - 1));
  }

  #segment(segment: string, isLast: boolean): string {
    if (segment === '' && isLast) return '';
    const [, glob, variable, rest] = /^(?:(\*\*?)|\{([^}]*)\})?(.*)$/s.exec(segment) ?? [];
    const head = glob !== undefined ? this.#operator(glob) : variable !== undefined ? this.#variable(variable) : '';
    if (rest === undefined || (rest === '' && head !== '')) return head;
    if (head !== '' && !isLast)
      throw new PatternError(this.pattern, `${rest} follows an operator or variable inside the path`);
    return head + this.#literal(rest);
  }

  #variable(text: string): string {
    const [name = '', ...rest] = text.split('=');
    if (!IS_VARIABLE.test(name)) throw new PatternError(this.pattern, `{${text}} has no valid variable name`);
    if (name.length > LONGEST_VARIABLE)
      throw new PatternError(this.pattern, `${name} is longer than ${LONGEST_VARIABLE} characters`);
    if (this.#names.has(name)) throw new PatternError(this.pattern, `variable ${name} stands there twice`);
    this.#names.add(name);
    if (this.#names.size > MAX_VARIABLES)
      throw new PatternError(this.pattern, `it has more than ${MAX_VARIABLES} variables`);
    const parts = rest.length === 0 ? ['*'] : rest.join('=').split('/');
    const matches = parts.map(part => (/^\*\*?$/.test(part) ? this.#operator(part) : this.#literal(part)));
    return `(?P<${name}>${matches.join('/')})`;
  }

  #operator(glob: string): string {
    if (this.#hasTextGlob) throw new PatternError(this.pattern, 'nothing but literals may follow **');
    this.#hasTextGlob = glob === '**';
    return this.#hasTextGlob ? ANY_TEXT : ANY_SEGMENT;
  }

  #literal(text: string): string {
    if (!IS_LITERAL.test(text))
      throw new PatternError(this.pattern, `${text === '' ? 'an empty segment' : text} is not a literal`);
    return text.replace(/[$()+.]/g, '\\$&');
  }
}
