import { constants, crc32, deflateRawSync } from 'node:zlib';

export interface WrittenEntry {
  /** The name's bytes as they stand in the archive. */
  readonly name: string | Uint8Array;
  readonly data: Uint8Array;
  /** The deflated data, when it is made by other means. */
  readonly packed?: Uint8Array;
  readonly encrypted?: boolean;
  /** Deflated unless told otherwise (0 is stored). */
  readonly method?: number;
  /** What the directory says of the inflated size, when that is not the truth. */
  readonly declaredBytes?: number;
  readonly crc?: number;
  readonly isUtf8?: boolean;
}

/** A ZIP archive put together by hand, so that it can lie. @source PKWARE APPNOTE.TXT 6.3.10 */
export function writeZipFile(entries: readonly WrittenEntry[], comment = ''): Uint8Array<ArrayBuffer> {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = typeof entry.name === 'string' ? Buffer.from(entry.name, 'utf8') : Buffer.from(entry.name);
    const method = entry.method ?? 8;
    const data = Buffer.from(entry.packed ?? (method === 8 ? deflateRawSync(entry.data) : entry.data));
    const flags = (entry.encrypted === true ? 1 : 0) | (entry.isUtf8 === true ? 1 << 11 : 0);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(entry.crc ?? crc32(entry.data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(entry.declaredBytes ?? entry.data.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, name, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), shared, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const entriesBytes = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(entriesBytes.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return new Uint8Array(
    Buffer.concat([...locals, entriesBytes, Buffer.from('PK\u0005\u0006'), end, Buffer.from(comment)]),
  );
}

/** About a megabyte of deflated data that inflates to 1.1 GB of one character, after what it begins with. */
export function deflatedBomb(start: string, character: string): Uint8Array {
  const flushed = { finishFlush: constants.Z_FULL_FLUSH };
  const block = deflateRawSync(Buffer.alloc(1 << 20, character), flushed);
  return Buffer.concat([deflateRawSync(start, flushed), ...Array<Buffer>(1_050).fill(block), deflateRawSync('')]);
}
