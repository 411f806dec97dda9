/** Whether a text may be YAML: its first line that says something is a key or a list item. */
export function looksLikeYaml(text: string): boolean {
  const line = text.split('\n').find(candidate => candidate.trim() !== '' && !/^\s*(#|---|%)/.test(candidate));
  return line !== undefined && /^(["']?[@A-Za-z_][\w.@/-]*["']?\s*:(\s|$)|- )/.test(line);
}

/** Turns YAML into the bytes of the same JSON. Throws the library's YAMLParseError with line and column. */
export async function yamlToJson(text: string): Promise<Buffer> {
  const { parse } = await import('yaml');
  return Buffer.from(JSON.stringify(parse(text, { maxAliasCount: 1000, schema: 'core' })) ?? 'null');
}
