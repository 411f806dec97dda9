import { findJson } from './recognise.js';
import { toUtf8 } from './text-encoding.js';
import { looksLikeYaml, yamlToJson } from './yaml.js';

/** A document as one JavaScript value, parsed to its end; undefined where it is neither one JSON value nor YAML, or too large for a string. */
export async function parseWhole(bytes: Buffer): Promise<unknown> {
  const utf8 = toUtf8(bytes);
  const isJson = findJson(utf8) >= 0;
  if (!isJson && !looksLikeYaml(utf8.toString('utf8', 0, 64 * 1024))) return undefined;
  try {
    return JSON.parse((isJson ? utf8 : await yamlToJson(utf8.toString('utf8'))).toString('utf8'));
  } catch {
    return undefined;
  }
}
