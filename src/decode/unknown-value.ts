import { isArrayAt, skipSpace, skipValue } from './scan.js';
import type { Sections } from './sections.js';

/** What a document is that holds no configuration: the two texts of a DecodeProblem. */
export interface Unknown {
  /** One clause: `is an empty list`. */
  readonly what: string;
  /** What to do about it, one sentence. */
  readonly hint: string;
}

export const CAPTURE_AGAIN = 'Capture it again: istioctl proxy-config all POD.NAMESPACE -o json > dump.json';

const MAX_KEYS = 4;
const MAX_KEY_LENGTH = 40;

/** Says what a JSON value is in which no section of a dump was found. */
export function unknownValue(bytes: Buffer, at: number, { broken, rootKeys }: Sections): Unknown {
  if (broken !== null) {
    const what = `breaks off at byte ${broken.offset} (${broken.message}) before any section of a dump`;
    return { what, hint: CAPTURE_AGAIN };
  }
  if (rootKeys.includes('configs')) return { what: 'is a config dump without any section', hint: CAPTURE_AGAIN };
  if (isArrayAt(bytes, at)) return unknownList(bytes, at);
  if (rootKeys.includes('apiVersion') && rootKeys.includes('kind')) {
    const hint = 'Give what Envoy runs instead: istioctl proxy-config all POD.NAMESPACE -o json > dump.json';
    return { what: 'is a Kubernetes resource, not Envoy configuration', hint };
  }
  const keys = rootKeys.slice(0, MAX_KEYS).map(key => `“${key.slice(0, MAX_KEY_LENGTH)}”`);
  const more = rootKeys.length > MAX_KEYS ? ', …' : '';
  const what =
    keys.length === 0 ? 'is an empty object' : `is not Envoy configuration (its keys: ${keys.join(', ')}${more})`;
  return { what, hint: CAPTURE_AGAIN };
}

function unknownList(bytes: Buffer, at: number): Unknown {
  const isEmpty = skipValue(bytes, at) === skipSpace(bytes, at + 1) + 1;
  return isEmpty
    ? { what: 'is an empty list', hint: 'The istioctl command matched nothing; run it without filters.' }
    : { what: 'is a list of something that is not Envoy configuration', hint: CAPTURE_AGAIN };
}
