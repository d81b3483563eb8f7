import type { StringPool } from '../../db/arrow-ipc';
import { GrowingTexts } from '../columns/growing-texts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The texts as a pool, in their order. */
export function poolOfTexts(texts: readonly string[]): StringPool {
  const pool = new GrowingTexts();
  for (const text of texts) pushText(pool, text);
  return pool.view();
}

/**
 * Follows a pool that grows, and holds its texts in Unicode's compatibility form NFKC, each in its
 * place, so that ＡＰＰ and APP are one label. ASCII is in that form as it is.
 */
export class NormalisedPool {
  readonly #texts = new GrowingTexts();

  /** The texts of the pool, whose earlier ones are those of the call before. Cost: O(bytes) of the new ones. */
  of({ bytes, starts }: StringPool): StringPool {
    const count = starts.length - 1;
    for (let code = this.#texts.count; code < count; code++) {
      const start = starts[code] as number;
      const end = starts[code + 1] as number;
      if (isAscii(bytes, start, end)) this.#texts.push(bytes, start, end);
      else pushText(this.#texts, decoder.decode(bytes.subarray(start, end)).normalize('NFKC').trim());
    }
    return this.#texts.view();
  }
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] as number) >= 0x80) return false;
  return true;
}

function pushText(texts: GrowingTexts, text: string): void {
  const bytes = new TextEncoder().encode(text);
  texts.push(bytes, 0, bytes.length);
}
