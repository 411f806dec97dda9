/** Text that is no protobuf text format. */
export class TextProtoError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TextProtoError';
  }
}

const TOKEN =
  /\s+|#[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_][\w.]*|-?[\d.]+(?:[eE][+-]?\d+)?f?|[{}<>[\]:;,]/y;
const CLOSING: Record<string, string> = { '{': '}', '<': '>' };
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

/**
 * Reads protobuf's text format into plain objects: fields by their names, a list where a field stands twice.
 * Throws TextProtoError. https://protobuf.dev/reference/protobuf/textformat-spec/ (without extensions, Any and octal escapes)
 */
export function parseTextProto(text: string): Record<string, unknown> {
  return new Parser(tokensOf(text)).message(undefined);
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) throw new TextProtoError(`${JSON.stringify(text.slice(at, at + 10))} was not expected`);
    if (!/^[\s#]/.test(token)) tokens.push(token);
  }
  return tokens;
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  /** Fields up to the closing token; undefined for the end of the text. */
  message(end: string | undefined): Record<string, unknown> {
    const fields: Record<string, unknown> = {};
    while (this.peek() !== end) {
      const name = this.next();
      if (!/^[A-Za-z_]/.test(name)) throw new TextProtoError(`${name} is no field name`);
      const isNested = this.peek() === '{' || this.peek() === '<';
      if (!isNested) this.expect(':');
      add(fields, name, this.value());
      if (this.peek() === ',' || this.peek() === ';') this.at++;
    }
    this.at++;
    return fields;
  }

  private value(): unknown {
    const token = this.next();
    const closing = CLOSING[token];
    if (closing !== undefined) return this.message(closing);
    if (token === '[') return this.list();
    if (/^["']/.test(token)) return this.strings(token);
    if (token === 'true' || token === 'false') return token === 'true';
    const number = Number(token.replace(/f$/, ''));
    return Number.isNaN(number) ? token : number;
  }

  private list(): unknown[] {
    const items: unknown[] = [];
    while (this.peek() !== ']') {
      items.push(this.value());
      if (this.peek() === ',') this.at++;
    }
    this.at++;
    return items;
  }

  /** Strings that follow each other are one. */
  private strings(first: string): string {
    let text = unquote(first);
    while (/^["']/.test(this.peek() ?? '')) text += unquote(this.next());
    return text;
  }

  private peek(): string | undefined {
    return this.tokens[this.at];
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new TextProtoError('the text ends too early');
    return token;
  }

  private expect(wanted: string): void {
    const token = this.next();
    if (token !== wanted) throw new TextProtoError(`${token} stands where ${wanted} was expected`);
  }
}

function add(fields: Record<string, unknown>, name: string, value: unknown): void {
  const known = fields[name];
  if (known === undefined) fields[name] = value;
  else fields[name] = [known, value].flat();
}

function unquote(token: string): string {
  return token.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}
