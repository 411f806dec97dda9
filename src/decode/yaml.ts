/** Whether a text may be YAML: its first line that says something is a key or a list item. */
export function looksLikeYaml(text: string): boolean {
  const line = text.split('\n').find(candidate => candidate.trim() !== '' && !/^\s*(#|---|%)/.test(candidate));
  return line !== undefined && /^(["']?[@A-Za-z_][\w.@/-]*["']?\s*:(\s|$)|- )/.test(line);
}

/** More than any text that people write has: aliases of aliases make a short text endless. */
const MAX_ALIASES = 1000;

/** The values of YAML, one a document. Throws the library's YAMLParseError, or a ReferenceError for too many aliases. */
export async function yamlValues(text: string): Promise<unknown[]> {
  const { parseAllDocuments } = await import('yaml');
  return [...parseAllDocuments(text, { schema: 'core' })].map((document): unknown => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  });
}

/** Turns YAML into the bytes of the same JSON: one value a document, each on its own line. Throws what yamlValues throws. */
export async function yamlToJson(text: string): Promise<Buffer> {
  const values = (await yamlValues(text)).map(value => JSON.stringify(value) ?? 'null');
  return Buffer.from(values.join('\n'));
}
