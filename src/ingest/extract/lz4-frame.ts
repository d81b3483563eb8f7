const FRAME_MARK = 0x184d2204;
const IS_STORED = 0x80000000;
const LEAST_MATCH = 4;

/**
 * Unpacks one LZ4 frame into `output`, which is as long as its content. Blocks may refer to the content
 * of blocks before them. Checksums are passed over. Throws RangeError at damage.
 *
 * @source lz4, doc/lz4_Frame_format.md and doc/lz4_Block_format.md
 */
export function unpackLz4Frame(input: Uint8Array, output: Uint8Array): void {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (view.getUint32(0, true) !== FRAME_MARK) throw new RangeError('no LZ4 frame');
  const flags = view.getUint8(4);
  const hasBlockChecksums = (flags & 0x10) !== 0;
  const headerBytes = 7 + ((flags & 0x08) !== 0 ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0);
  let at = headerBytes;
  let filled = 0;
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) break;
    const isStored = (size & IS_STORED) !== 0;
    const to = at + (size & ~IS_STORED);
    if (to > input.length) throw new RangeError('LZ4 block ends early');
    const block = input.subarray(at, to);
    if (isStored) {
      output.set(block, filled);
      filled += block.length;
    } else {
      filled = unpackBlock(block, output, filled);
    }
    at = to + (hasBlockChecksums ? 4 : 0);
  }
  if (filled !== output.length) throw new RangeError('LZ4 frame of another size');
}

function unpackBlock(block: Uint8Array, output: Uint8Array, filledBefore: number): number {
  let filled = filledBefore;
  let at = 0;
  const readLength = (nibble: number): number => {
    let length = nibble;
    if (nibble < 15) return length;
    for (let more = 255; more === 255;) {
      if (at >= block.length) throw new RangeError('LZ4 block ends early');
      more = block[at++] as number;
      length += more;
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at++] as number;
    const literals = readLength(token >> 4);
    if (at + literals > block.length || filled + literals > output.length) throw new RangeError('LZ4 block ends early');
    output.set(block.subarray(at, at + literals), filled);
    at += literals;
    filled += literals;
    if (at === block.length) break;
    const distance = (block[at] as number) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    const length = LEAST_MATCH + readLength(token & 15);
    if (distance === 0 || distance > filled || filled + length > output.length)
      throw new RangeError('LZ4 match outside');
    if (distance >= length) {
      output.copyWithin(filled, filled - distance, filled - distance + length);
      filled += length;
    } else {
      for (const end = filled + length; filled < end; filled++) output[filled] = output[filled - distance] as number;
    }
  }
  return filled;
}
