import type { StringPool } from '../../db/arrow-ipc';

/** Groups this small are sorted by comparison. */
const SMALL = 24;

/**
 * The codes of the pool in the byte order of their strings, which must differ. Byte order of UTF-8 is the
 * order of code points, and DuckDB's order of VARCHAR.
 *
 * Cost: most significant byte first radix sort, O(bytes that tell strings apart).
 */
export function sortedByBytes({ bytes, starts }: StringPool): Int32Array {
  const count = starts.length - 1;
  const codes = new Int32Array(count);
  for (let i = 0; i < count; i++) codes[i] = i;
  const moved = new Int32Array(count);
  const work: number[] = [0, count, 0];
  while (work.length > 0) {
    const depth = work.pop() as number;
    const to = work.pop() as number;
    const from = work.pop() as number;
    if (to - from <= SMALL) insertionSort(codes, from, to, depth, bytes, starts);
    else distribute(codes, moved, from, to, depth, bytes, starts, work);
  }
  return codes;
}

/** Parts codes[from..to) by the byte at `depth`, ended strings first, and puts the parts on the list of work. */
function distribute(
  codes: Int32Array,
  moved: Int32Array,
  from: number,
  to: number,
  depth: number,
  bytes: Uint8Array,
  starts: Int32Array,
  work: number[],
): void {
  const places = new Int32Array(258);
  for (let i = from; i < to; i++) {
    const bucket = byteAt(codes[i] as number, depth, bytes, starts) + 2;
    places[bucket] = (places[bucket] as number) + 1;
  }
  for (let bucket = 1; bucket < 258; bucket++) {
    places[bucket] = (places[bucket] as number) + (places[bucket - 1] as number);
  }
  for (let bucket = 1; bucket < 257; bucket++) {
    const size = (places[bucket + 1] as number) - (places[bucket] as number);
    if (size > 1) work.push(from + (places[bucket] as number), from + (places[bucket + 1] as number), depth + 1);
  }
  for (let i = from; i < to; i++) {
    const code = codes[i] as number;
    const bucket = byteAt(code, depth, bytes, starts) + 1;
    const place = places[bucket] as number;
    moved[from + place] = code;
    places[bucket] = place + 1;
  }
  codes.set(moved.subarray(from, to), from);
}

/** The byte of a string, -1 behind its end. */
function byteAt(code: number, depth: number, bytes: Uint8Array, starts: Int32Array): number {
  const at = (starts[code] as number) + depth;
  return at < (starts[code + 1] as number) ? (bytes[at] as number) : -1;
}

function insertionSort(
  codes: Int32Array,
  from: number,
  to: number,
  depth: number,
  bytes: Uint8Array,
  starts: Int32Array,
): void {
  for (let i = from + 1; i < to; i++) {
    const code = codes[i] as number;
    let j = i - 1;
    while (j >= from && isBefore(code, codes[j] as number, depth, bytes, starts)) {
      codes[j + 1] = codes[j] as number;
      j--;
    }
    codes[j + 1] = code;
  }
}

function isBefore(a: number, b: number, depth: number, bytes: Uint8Array, starts: Int32Array): boolean {
  let i = (starts[a] as number) + depth;
  let j = (starts[b] as number) + depth;
  const endA = starts[a + 1] as number;
  const endB = starts[b + 1] as number;
  while (i < endA && j < endB) {
    const difference = (bytes[i++] as number) - (bytes[j++] as number);
    if (difference !== 0) return difference < 0;
  }
  return i === endA && j < endB;
}
