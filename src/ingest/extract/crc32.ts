const POLYNOMIAL = 0xedb88320;

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
  return value;
});

/** The checksum of a ZIP's entry, taken piece by piece. @source ISO 3309, in the reflected form of PKWARE's APPNOTE.TXT 4.4.7 */
export class Crc32 {
  #value = -1;

  push(bytes: Uint8Array): void {
    let value = this.#value;
    for (let i = 0; i < bytes.length; i++) value = (value >>> 8) ^ TABLE[(value ^ bytes[i]!) & 0xff]!;
    this.#value = value;
  }

  /** The checksum so far, 0 .. 2^32 - 1. */
  get value(): number {
    return ~this.#value >>> 0;
  }
}
