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

/** What an error of yamlValues says, in part of a line; the library shows the place in the text below it as well. */
export function yamlProblem(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return first.slice(0, MAX_PROBLEM).replace(/:$/, '');
}

const MAX_PROBLEM = 160;

/** Turns YAML into the bytes of the same JSON: one value a document, each on its own line. Throws what yamlValues throws. */
export async function yamlToJson(text: string): Promise<Buffer> {
  const values = (await yamlValues(text)).map(value => JSON.stringify(value) ?? 'null');
  return Buffer.from(values.join('\n'));
}
