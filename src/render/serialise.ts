/** Control characters that JSON leaves as they are: DEL, C1, and the marks that turn the writing direction. */
const UNSAFE = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A value as indented JSON with a line feed at its end. Control characters are escaped, none reaches a terminal. */
export function toJson(value: unknown): string {
  return `${escaped(JSON.stringify(value, null, 2))}\n`;
}

/** A value as {@link toJson} writes it as an item of a list, without what stands between items. */
export function toJsonItem(value: unknown): string {
  return escaped(JSON.stringify([value], null, 2).slice('[\n'.length, -'\n]'.length));
}

/** A value as JSON without spaces and line feeds. */
export function toJsonText(value: unknown): string {
  return escaped(JSON.stringify(value));
}

/** A value as YAML. */
export async function toYaml(value: unknown): Promise<string> {
  return (await yamlWriter())(value);
}

/** What writes values as YAML; a list is what is written of its items as lists of one, but for an empty one. The library is loaded here only. */
export async function yamlWriter(): Promise<(value: unknown) => string> {
  const { Scalar, stringify } = await import('yaml');
  const quoted = (_: unknown, item: unknown) =>
    typeof item === 'string' && item.search(UNSAFE) >= 0
      ? Object.assign(new Scalar(item), { type: Scalar.QUOTE_DOUBLE })
      : item;
  return value => escaped(stringify(value, quoted, { lineWidth: 0, aliasDuplicateObjects: false }));
}

/** Such characters stand in quoted strings only, where both JSON and YAML read the escape. */
function escaped(text: string): string {
  return text.replace(UNSAFE, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
