/** Whether a text may be YAML: its first line that says something is a key or a list item. */
export function looksLikeYaml(text: string): boolean {
  const line = text.split('\n').find(candidate => candidate.trim() !== '' && !/^\s*(#|---|%)/.test(candidate));
  return line !== undefined && /^(["']?[@A-Za-z_][\w.@/-]*["']?\s*:(\s|$)|- )/.test(line);
}

/** Turns YAML into the bytes of the same JSON: one value a document, each on its own line. Throws the library's YAMLParseError. */
export async function yamlToJson(text: string): Promise<Buffer> {
  const { parseAllDocuments } = await import('yaml');
  const documents = [...parseAllDocuments(text, { schema: 'core' })];
  const values = documents.map(document => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return JSON.stringify(document.toJS({ maxAliasCount: 1000 })) ?? 'null';
  });
  return Buffer.from(values.join('\n'));
}
