import { snakeCase } from '../../decode/case.js';
import { isObject } from '../../decode/json.js';
import { isData, isNameField, isNameMap, isPatternField } from './name-fields.js';
import { addHostPattern, addLiteral, addPattern, type Fragments } from './open-ends.js';
import { isCommonWord, isExtensionName } from './vocabulary.js';
import { wordsOf } from './words.js';

/** What stands for somebody's mesh in it: the words of its names, and the pieces of them that patterns match. */
export interface Names {
  /** In lower case, without the common vocabulary; sorted. */
  readonly words: readonly string[];
  /** Pieces with which a pattern lets words begin, or end. */
  readonly beginnings: readonly string[];
  readonly endings: readonly string[];
}

/** Identities and hosts that show by their form, wherever they stand: SPIFFE ids, services, Istio's cluster names and resources. */
const FORMS: readonly RegExp[] = [
  /spiffe:\\?\/\\?\/([^/\s"]+)/g,
  /\/ns\/([^/\s"|]+)\/sa\/([^/\s"|,]+)/g,
  /([\w-]+(?:\\?\.[\w-]+)+\\?\.svc\b(?:\\?\.[\w-]+)*)/g,
  /(?:outbound|inbound)(?:\||_\.)\d+(?:\||_\.)([^\s",]*)/g,
  /kubernetes(?:-gateway)?:\/\/([^\s",]+)/g,
  /\/namespaces\/([^/\s"]+)\/[\w-]+\/([^/\s"]+)/g,
];

/** Collects the names of any number of documents. */
export class NameCollector {
  private readonly words = new Set<string>();
  private readonly fragments: Fragments = { beginnings: new Set(), endings: new Set() };

  /** Adds the names in a JSON value; `key` is the one under which it stands. */
  add(value: unknown, key = '', inside: Inside = OUTSIDE): void {
    if (typeof value === 'string') this.text(value, key, inside);
    else if (Array.isArray(value)) for (const item of value) this.add(item, key, inside);
    else if (isObject(value))
      for (const [name, member] of Object.entries(value)) this.member(name, member, key, inside);
  }

  /** All names so far. */
  names(): Names {
    const words = [...this.words].sort();
    const { beginnings, endings } = this.fragments;
    return {
      words,
      beginnings: [...beginnings].filter(piece => words.some(word => word.startsWith(piece))).sort(),
      endings: [...endings].filter(piece => words.some(word => word.endsWith(piece))).sort(),
    };
  }

  private member(name: string, value: unknown, key: string, inside: Inside): void {
    if (isNameMap(key) || inside.isData) this.name(name);
    else if (name.includes('/')) this.name(name.split('/')[0] ?? '');
    this.add(value, name, { isData: inside.isData || isData(name, value), isNode: name === 'node' });
  }

  private text(text: string, key: string, inside: Inside): void {
    if (isExtensionName(text)) return;
    const isNodeId = inside.isNode && key === 'id';
    if (isNameField(key) || isNodeId || inside.isData) this.name(text);
    for (const form of FORMS)
      for (const [, ...groups] of text.matchAll(form)) for (const group of groups) this.name(group);
    this.openEnds(text, key);
  }

  private openEnds(text: string, key: string): void {
    const field = snakeCase(key);
    if (isPatternField(field)) addPattern(text, this.fragments);
    else if (field === 'domains' || field === 'server_names') addHostPattern(text, this.fragments);
    else if (/^prefix(_match)?$/.test(field)) addLiteral(text, { start: false, end: true }, this.fragments);
    else if (/^suffix(_match)?$/.test(field)) addLiteral(text, { start: true, end: false }, this.fragments);
    else if (/^contains(_match)?$/.test(field)) addLiteral(text, { start: true, end: true }, this.fragments);
  }

  private name(text: string): void {
    if (isExtensionName(text)) return;
    for (const word of wordsOf(text)) if (!isCommonWord(word)) this.words.add(word.toLowerCase());
  }
}

interface Inside {
  readonly isData: boolean;
  readonly isNode: boolean;
}

const OUTSIDE: Inside = { isData: false, isNode: false };
