import { AppError } from '../../core/errors';
import type { Bytes } from '../vault/sealer';

/** Takes as many bytes at a time as are wanted from pieces cut anywhere. */
export class ByteSource {
  readonly #pieces: AsyncIterator<Bytes>;
  #piece: Bytes = new Uint8Array(0);

  constructor(pieces: AsyncIterable<Bytes>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Whether no byte is left. */
  async isAtEnd(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const next = await this.#pieces.next();
      if (next.done === true) return true;
      this.#piece = next.value;
    }
    return false;
  }

  /** Exactly `length` bytes, in an array of their own. Throws AppError `project-broken` where fewer are left. */
  async take(length: number): Promise<Bytes> {
    const taken = new Uint8Array(length);
    for (let filled = 0; filled < length;) {
      if (await this.isAtEnd()) throw new AppError('project-broken');
      const bytes = this.#piece.subarray(0, length - filled);
      taken.set(bytes, filled);
      filled += bytes.length;
      this.#piece = this.#piece.subarray(bytes.length);
    }
    return taken;
  }

  /** A little-endian whole number of 2 or 4 bytes. Errors as `take`. */
  async takeNumber(length: 2 | 4): Promise<number> {
    const view = new DataView((await this.take(length)).buffer);
    return length === 2 ? view.getUint16(0, true) : view.getUint32(0, true);
  }
}
