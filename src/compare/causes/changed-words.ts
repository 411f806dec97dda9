import { type Certificate, certificatesIn } from '../../model/certificate.js';
import type { Found } from '../drift/find.js';
import { fieldsInWords } from './words.js';

/** What differs between the serving versions of a resource, in words: fields, and of a certificate what is read from it. */
export function changedInWords({ pair, paths }: Found): string {
  const { left, right } = pair;
  const [before] = pair.kind === 'secret' && left.active !== null ? certificatesIn(left.active) : [];
  const [after] = pair.kind === 'secret' && right.active !== null ? certificatesIn(right.active) : [];
  return before === undefined || after === undefined ? fieldsInWords(paths) : certificateInWords(before, after);
}

function certificateInWords(before: Certificate, after: Certificate): string {
  const parts = [
    until(after) === until(before)
      ? `valid until ${until(after)} like the other`
      : `valid until ${until(after)} instead of ${until(before)}`,
    names(after) === names(before) ? `for the same ${names(after)}` : `for ${names(after)} instead of ${names(before)}`,
  ];
  return `its certificate is another one, ${parts.join(', ')}`;
}

function until({ notAfter }: Certificate): string {
  return notAfter.toISOString().replace('.000', '');
}

function names({ names: all, x509 }: Certificate): string {
  return all.length > 0 ? all.join(' and ') : `subject ${x509.subject.replaceAll('\n', ', ')}`;
}
