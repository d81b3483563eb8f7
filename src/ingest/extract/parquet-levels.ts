/** With the 7 bits that may be left over and the next byte, numbers of this width stay below the sign of 32 bits. */
const MOST_SHIFTED_BITS = 24;

/**
 * Reads `output.length` numbers of `width` bits (0..32) in the hybrid of runs and packed bits. Runs
 * that say they are longer than the page are cut, so that a damaged file cannot keep the reader busy.
 * Returns where the bytes read end; throws RangeError when they end before the numbers do.
 *
 * @source Apache Parquet, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid"
 */
export function readHybrid(
  bytes: Uint8Array,
  from: number,
  to: number,
  width: number,
  output: Uint8Array | Int32Array,
): number {
  if (width > 32) throw new RangeError(`invalid bit width: ${width}`);
  const { length } = output;
  let at = from;
  let filled = 0;
  while (filled < length) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= to || shift > 28) throw new RangeError('levels end early');
      const byte = bytes[at++] as number;
      header |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if ((header & 1) === 0) {
      const count = Math.min(header >>> 1, length - filled);
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) {
        if (at >= to) throw new RangeError('levels end early');
        value |= (bytes[at++] as number) << shift;
      }
      output.fill(value, filled, filled + count);
      filled += count;
    } else {
      const groups = header >>> 1;
      const count = Math.min(groups * 8, length - filled);
      if (at + Math.ceil((count * width) / 8) > to) throw new RangeError('levels end early');
      unpackBits(bytes, at, width, output, filled, count);
      filled += count;
      at = Math.min(to, at + groups * width);
    }
  }
  return at;
}

function unpackBits(
  bytes: Uint8Array,
  from: number,
  width: number,
  output: Uint8Array | Int32Array,
  filledBefore: number,
  count: number,
): void {
  let pending = 0;
  let pendingBits = 0;
  let at = from;
  if (width <= MOST_SHIFTED_BITS) {
    const mask = (1 << width) - 1;
    for (let i = 0; i < count; i++) {
      while (pendingBits < width) {
        pending |= (bytes[at++] as number) << pendingBits;
        pendingBits += 8;
      }
      output[filledBefore + i] = pending & mask;
      pending >>= width;
      pendingBits -= width;
    }
    return;
  }
  // A double holds 32 + 8 bits without loss; shifts would stop at 32.
  const divisor = 2 ** width;
  for (let i = 0; i < count; i++) {
    while (pendingBits < width) {
      pending += (bytes[at++] as number) * 2 ** pendingBits;
      pendingBits += 8;
    }
    const rest = Math.floor(pending / divisor);
    output[filledBefore + i] = pending - rest * divisor;
    pending = rest;
    pendingBits -= width;
  }
}

/** Bits that a level up to `most` needs. */
export function bitsFor(most: number): number {
  return 32 - Math.clz32(most);
}
