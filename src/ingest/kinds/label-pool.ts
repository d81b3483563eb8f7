import type { StringPool } from '../../db/arrow-ipc';
import { normaliseName } from '../column-names';
import { GrowingTexts } from '../columns/growing-texts';
import { FEEDBACK_WORDS } from './value-words';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Follows a pool that grows, and holds what each of its texts stands for, in the same place. */
export class TranslatedPool {
  readonly #texts = new GrowingTexts();
  readonly #translate: (text: string) => string;

  constructor(translate: (text: string) => string) {
    this.#translate = translate;
  }

  /** The texts of the pool, whose earlier ones are those of the call before. Cost: O(bytes) of the new ones. */
  of({ bytes, starts }: StringPool): StringPool {
    for (let code = this.#texts.count; code < starts.length - 1; code++) {
      const text = encoder.encode(this.#translate(decoder.decode(bytes.subarray(starts[code], starts[code + 1]))));
      this.#texts.push(text, 0, text.length);
    }
    return this.#texts.view();
  }
}

/** The type of feedback that a word stands for; the word itself, in its form NFKC, where it is none that is known. */
export function feedbackTypeOf(word: string): string {
  return FEEDBACK_WORDS.get(normaliseName(word)) ?? word.normalize('NFKC').trim();
}
