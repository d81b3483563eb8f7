import type { Encoding } from '../file-preview';
import { openRawBytes } from './raw-bytes';
import type { ReadOptions } from './read-slice';

const LINE_FEED = 0x0a;

/**
 * The 1-based line of the first byte that does not fit the encoding; the last line when all of it
 * fits. Reads the file again from its start: it is only called once reading has failed.
 */
export async function findBadLine(file: Blob, encoding: Encoding, options: ReadOptions): Promise<number> {
  let line = 1;
  let carried = new Uint8Array(0);
  for await (const piece of await openRawBytes(file, options)) {
    const bytes = joined(carried, piece);
    const ends = lineEnds(bytes, encoding);
    const wholeLines = ends.at(-1) ?? 0;
    if (!fits(bytes.subarray(0, wholeLines), encoding)) {
      return line + ends.findIndex((end, i) => !fits(bytes.subarray(ends[i - 1] ?? 0, end), encoding));
    }
    line += ends.length;
    carried = bytes.slice(wholeLines);
  }
  return line;
}

/** Where each line ends, behind its line feed. The bytes begin where a line does. */
function lineEnds(bytes: Uint8Array, encoding: Encoding): number[] {
  const unitBytes = encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1;
  const low = encoding === 'utf-16be' ? 1 : 0;
  const ends: number[] = [];
  for (let unit = 0; unit + unitBytes <= bytes.length; unit += unitBytes) {
    if (bytes[unit + low] !== LINE_FEED) continue;
    if (unitBytes === 1 || bytes[unit + 1 - low] === 0) ends.push(unit + unitBytes);
  }
  return ends;
}

function fits(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function joined(first: Uint8Array<ArrayBuffer>, second: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
