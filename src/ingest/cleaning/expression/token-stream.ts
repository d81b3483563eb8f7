import { MistakeFound, type MistakeCode } from './mistake';
import { tokenise, type Spot, type Token } from './tokens';

export function mistakeAt(
  code: MistakeCode,
  { start, end, ...token }: Spot & { readonly value?: string },
): MistakeFound {
  return new MistakeFound(code, start, end, token.value ?? '');
}

export function isMark(token: Token, ...marks: readonly string[]): boolean {
  return token.kind === 'mark' && marks.includes(token.value);
}

/** The tokens of a text, one after the other; the last one, `end`, never goes. Throws MistakeFound. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokenise(text);
  }

  peek(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] as Token;
  }

  skip(): void {
    this.#next++;
  }

  takeWord(word: string): boolean {
    const token = this.peek();
    const isIt = token.kind === 'word' && token.value.toLowerCase() === word;
    if (isIt) this.#next++;
    return isIt;
  }

  expectWord(word: string): Token {
    const token = this.peek();
    if (!this.takeWord(word)) throw missing(token);
    return token;
  }

  expectMark(mark: string): Token {
    const token = this.peek();
    if (!isMark(token, mark)) throw missing(token);
    this.#next++;
    return token;
  }
}

function missing(token: Token): MistakeFound {
  return mistakeAt(token.kind === 'end' ? 'unexpected-end' : 'unexpected', token);
}
