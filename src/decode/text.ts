import { constants } from 'node:buffer';
import { clustersTextToJson, isClustersText } from './clusters-text.js';
import { type EntryList, ReadEntries } from './entry-list.js';
import { isBinary, recogniseText } from './text-forms.js';
import { CAPTURE_AGAIN, type Unknown } from './unknown-value.js';
import { type DecodedValues, decodeValues } from './values.js';
import { looksLikeYaml, yamlProblem, yamlToJson } from './yaml.js';

/** How much of a text it is recognised by, in bytes. */
const HEAD = 64 * 1024;

/** Text longer than this is not tried as YAML. */
const MAX_YAML = 256 * 1024 * 1024;

/** A string cannot be longer. */
const MAX_TEXT = constants.MAX_STRING_LENGTH;

const NEWLINE = 0x0a;

/** Reads a document in which no JSON begins: YAML, Envoy's `/clusters` as text, or text that is no configuration and named for what it is. */
export async function decodeText(bytes: Buffer, isCut: boolean): Promise<DecodedValues> {
  if (isBinary(bytes)) return nothing(bytes, 'is a binary file, not a dump');
  const head = bytes.toString('utf8', 0, HEAD);
  const form = recogniseText(head);
  if (form !== null) return { bytes, contents: [], unknown: form, notes: [] };
  if (isClustersText(head) && bytes.length <= MAX_TEXT) {
    const values = decodeValues(clustersTextToJson(bytes.toString('utf8')), 0);
    return isCut || bytes.at(-1) !== NEWLINE ? withoutEnd(values, bytes.length) : values;
  }
  if (!looksLikeYaml(head) || bytes.length > MAX_YAML)
    return nothing(bytes, 'is text, but no form of Envoy configuration that is known');
  let json: Buffer;
  try {
    json = await yamlToJson(bytes.toString('utf8'));
  } catch (error) {
    return nothing(bytes, `looks like YAML but cannot be read (${yamlProblem(error)})`);
  }
  const values = decodeValues(json, 0);
  return isCut || bytes.at(-1) !== NEWLINE ? withoutEnd(values, bytes.length) : values;
}

/** YAML that is cut off is YAML all the same: only the line break at its end tells. What stands last may be half of what it was. */
function withoutEnd(values: DecodedValues, size: number): DecodedValues {
  const last = values.contents.at(-1);
  if (last === undefined) return values;
  const list = last.lists.findLast(candidate => candidate.all().length > 0);
  const kind = list?.kind ?? null;
  const broken = { offset: size, message: 'the text does not end with a line break, so it may be cut off', kind };
  const cut = { ...last, lists: last.lists.map(other => (other === list ? withoutLast(list) : other)), broken };
  return { ...values, contents: [...values.contents.slice(0, -1), cut] };
}

function withoutLast(list: EntryList): EntryList {
  return new ReadEntries(list.kind, list.isStatic, list.pointer, list.all().slice(0, -1));
}

function nothing(bytes: Buffer, what: string): DecodedValues {
  const unknown: Unknown = { what, hint: CAPTURE_AGAIN };
  return { bytes, contents: [], unknown, notes: [] };
}
