import { AppError } from '../../core/errors';
import { readSlice, type ReadOptions } from '../readers/read-slice';

/** One entry as the archive's directory tells it; sizes are declared ones. */
export interface ZipEntry {
  /** The path inside the archive, with `/` between its parts. */
  readonly name: string;
  readonly isFolder: boolean;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly inflatedBytes: number;
  /** Where the entry's own header begins. */
  readonly offset: number;
}

const END_MARK = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const END64_LOCATOR_MARK = 0x07064b50;
const END64_LOCATOR_BYTES = 20;
const END64_MARK = 0x06064b50;
const END64_BYTES = 56;
const ENTRY_MARK = 0x02014b50;
const ENTRY_BYTES = 46;
const ENCRYPTED_FLAG = 1;
const UTF8_FLAG = 1 << 11;
const ZIP64_FIELD = 0x0001;
const UNICODE_PATH_FIELD = 0x7075;
const UNKNOWN_32 = 0xffffffff;
/** A directory entry with a very long path and fields; more in the mean is no archive of files. */
const MOST_BYTES_AN_ENTRY = 4096;

/**
 * The archive's directory, which stands at its end; the entries' data is not touched. Names without
 * a UTF-8 mark are read as UTF-8 where they are, and as GB18030 otherwise, as Windows in Chinese
 * writes them. Throws `file-damaged` when the directory is not there or not whole, `over-limit`.
 *
 * @source PKWARE APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16, 4.5.3, 4.6.9
 */
export async function readZipDirectory(
  file: Blob,
  mostEntries: number,
  options: ReadOptions,
): Promise<readonly ZipEntry[]> {
  const damaged = (): AppError => new AppError('file-damaged', { name: options.name ?? '' });
  const tailStart = Math.max(0, file.size - END_BYTES - LONGEST_COMMENT);
  const tail = viewOf(await readSlice(file, tailStart, file.size, options));
  const end = findEnd(tail);
  if (end < 0) throw damaged();
  let count = tail.getUint16(end + 10, true);
  let size = tail.getUint32(end + 12, true);
  let start = tail.getUint32(end + 16, true);
  let directoryEnd = tailStart + end;
  if (count === 0xffff || size === UNKNOWN_32 || start === UNKNOWN_32) {
    const end64 = await readEnd64(file, tailStart + end, options);
    if (end64 === null) throw damaged();
    ({ count, size, start, directoryEnd } = end64);
  }
  if (count > mostEntries || size > mostEntries * MOST_BYTES_AN_ENTRY) {
    throw new AppError('over-limit', { name: options.name ?? '', what: 'entries', limit: mostEntries });
  }
  // Something may stand before the archive (a program that unpacks itself); offsets do not count it.
  const shift = directoryEnd - size - start;
  if (shift < 0) throw damaged();
  const directory = viewOf(await readSlice(file, start + shift, start + shift + size, options));
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    const entry = readEntry(directory, at);
    if (entry === null || entry.value.offset + shift > file.size) throw damaged();
    entries.push({ ...entry.value, offset: entry.value.offset + shift });
    at = entry.next;
  }
  return entries;
}

function findEnd(tail: DataView): number {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) === END_MARK) return at;
  }
  return -1;
}

async function readEnd64(file: Blob, end: number, options: ReadOptions) {
  const locatorStart = end - END64_LOCATOR_BYTES;
  if (locatorStart < 0) return null;
  const locator = viewOf(await readSlice(file, locatorStart, end, options));
  if (locator.getUint32(0, true) !== END64_LOCATOR_MARK) return null;
  const directoryEnd = Number(locator.getBigUint64(8, true));
  const record = viewOf(await readSlice(file, directoryEnd, directoryEnd + END64_BYTES, options));
  if (record.byteLength < END64_BYTES || record.getUint32(0, true) !== END64_MARK) return null;
  return {
    count: Number(record.getBigUint64(32, true)),
    size: Number(record.getBigUint64(40, true)),
    start: Number(record.getBigUint64(48, true)),
    directoryEnd,
  };
}

function readEntry(directory: DataView, at: number): { readonly value: ZipEntry; readonly next: number } | null {
  if (at + ENTRY_BYTES > directory.byteLength || directory.getUint32(at, true) !== ENTRY_MARK) return null;
  const flags = directory.getUint16(at + 8, true);
  const nameEnd = at + ENTRY_BYTES + directory.getUint16(at + 28, true);
  const extraEnd = nameEnd + directory.getUint16(at + 30, true);
  const next = extraEnd + directory.getUint16(at + 32, true);
  if (next > directory.byteLength) return null;
  const fields = readFields(directory, nameEnd, extraEnd);
  const name = entryName(bytesOf(directory, at + ENTRY_BYTES, nameEnd), (flags & UTF8_FLAG) !== 0, fields);
  const longSizes = fields.get(ZIP64_FIELD);
  let longAt = 0;
  // The long form holds only the sizes that do not fit the short one, in this order.
  const size = (position: number): number => {
    const short = directory.getUint32(position, true);
    if (short !== UNKNOWN_32 || longSizes === undefined || longAt + 8 > longSizes.byteLength) return short;
    longAt += 8;
    return Number(longSizes.getBigUint64(longAt - 8, true));
  };
  const inflatedBytes = size(at + 24);
  const packedBytes = size(at + 20);
  const offset = size(at + 42);
  return {
    value: {
      name,
      isFolder: name.endsWith('/'),
      isEncrypted: (flags & ENCRYPTED_FLAG) !== 0,
      method: directory.getUint16(at + 10, true),
      crc: directory.getUint32(at + 16, true),
      packedBytes,
      inflatedBytes,
      offset,
    },
    next,
  };
}

function readFields(directory: DataView, from: number, to: number): ReadonlyMap<number, DataView> {
  const fields = new Map<number, DataView>();
  for (let at = from; at + 4 <= to;) {
    const length = directory.getUint16(at + 2, true);
    if (at + 4 + length > to) break;
    fields.set(directory.getUint16(at, true), viewOf(bytesOf(directory, at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return fields;
}

function entryName(bytes: Uint8Array, isUtf8: boolean, fields: ReadonlyMap<number, DataView>): string {
  const unicode = fields.get(UNICODE_PATH_FIELD);
  // One byte of version and four of checksum stand before the name.
  if (unicode !== undefined && unicode.byteLength > 5) bytes = bytesOf(unicode, 5, unicode.byteLength);
  try {
    return pathOf(new TextDecoder('utf-8', { fatal: !isUtf8 }).decode(bytes));
  } catch {
    return pathOf(new TextDecoder('gb18030').decode(bytes));
  }
}

/** Some packers on Windows write its own separators. */
function pathOf(name: string): string {
  return name.replaceAll('\\', '/');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function bytesOf(view: DataView, from: number, to: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + from, to - from);
}
