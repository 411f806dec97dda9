import { readTar } from './archive/tar.js';
import { readZip } from './archive/zip.js';
import { type ByteSource, originSize } from './byte-source.js';
import { placeOf } from './file-document.js';
import { whyPassedOver } from './first-look.js';
import { formOf } from './form.js';
import { gunzipped } from './gunzip.js';
import { checkFile } from './limits.js';
import { documentFrom, type Reading } from './reading.js';
import { SourceError } from './source-error.js';

/**
 * Lists what one file or stream holds: the documents of an archive, else itself, inflated where it is gzip.
 * A file that the user named (`isNamed`) is a document whatever it holds, for the decoder to say what is wrong with it; one
 * that was found in a directory is passed over when it cannot be configuration. Throws SourceError.
 */
export async function openSource(source: ByteSource, isNamed: boolean, reading: Reading): Promise<void> {
  reading.onProgress(source.name);
  const head = await source.head();
  const form = formOf(head);
  if (form === 'zip' && source.origin !== undefined) return readZip(source.name, source.origin, reading);
  if (form === 'tar') return readTar(source, reading);
  if (form !== 'gzip') return addDocument(source, head, isNamed, reading);
  const unpacked = gunzipped(source, reading.limits);
  const unpackedHead = await unpacked.head();
  if (formOf(unpackedHead) === 'tar') return readTar(unpacked, reading);
  return addDocument(unpacked, unpackedHead, isNamed, reading, source);
}

async function addDocument(
  source: ByteSource,
  head: Buffer,
  isNamed: boolean,
  reading: Reading,
  file = source,
): Promise<void> {
  if (source.origin !== undefined) checkFile(source.name, await originSize(source.origin), reading.limits);
  const form = formOf(head);
  if (isNamed && form !== 'plain') {
    throw new SourceError(
      'not-readable-form',
      source.name,
      `${form} is not read here`,
      'Unpack it and give what it holds.',
    );
  }
  const why = isNamed ? undefined : whyPassedOver(head);
  if (why !== undefined) {
    reading.listing.skipped.push({ name: source.name, why });
    return;
  }
  const place = placeOf(source, file, reading.limits);
  const document = { ...documentFrom(source, isNamed, file), ...(place === undefined ? {} : { place }) };
  reading.listing.documents.push(document);
  reading.onDocument(document, head);
}
