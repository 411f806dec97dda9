import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  body?: string | Buffer;
  /** 0 stored, 8 deflated (the default); another number is written as it is. */
  method?: number;
  encrypted?: boolean;
  isLink?: boolean;
  /** A size that the archive declares instead of the right one. */
  declaredSize?: number;
  /** A checksum that the archive declares instead of the right one. */
  declaredCrc?: number;
}

/** A zip archive of the entries as PKWARE's APPNOTE lays it out; their names are written as they are, however hostile. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const parts = zipParts(entry, offset);
    local.push(parts.local);
    central.push(parts.central);
    offset += parts.local.length;
  }
  return Buffer.concat([...local, ...central, endRecord(entries.length, Buffer.concat(central).length, offset)]);
}

function zipParts(entry: ZipEntry, offset: number): { local: Buffer; central: Buffer } {
  const name = Buffer.from(entry.name);
  const body = Buffer.from(entry.body ?? '');
  const method = entry.method ?? 8;
  const packed = method === 8 ? deflateRawSync(body) : body;
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(entry.encrypted === true ? 0x801 : 0x800, 2);
  shared.writeUInt16LE(method, 4);
  shared.writeUInt32LE(entry.declaredCrc ?? crc32(body), 10);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(entry.declaredSize ?? body.length, 18);
  shared.writeUInt16LE(name.length, 22);
  const attributes = Buffer.alloc(14);
  attributes.writeUInt32LE(entry.isLink === true ? 0o120777 * 0x10000 : 0, 6);
  attributes.writeUInt32LE(offset, 10);
  return {
    local: Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, packed]),
    central: Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), shared, attributes, name]),
  };
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.write('PK\x05\x06', 'latin1');
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}
