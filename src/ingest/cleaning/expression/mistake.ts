/** Why a text is no expression. `found` in the mistake is what stands at its place. */
export type MistakeCode =
  | 'empty'
  | 'too-long'
  | 'too-deep'
  | 'bad-character'
  | 'unclosed-text'
  | 'unclosed-name'
  | 'bad-number'
  | 'unexpected'
  | 'unexpected-end'
  | 'unknown-column'
  | 'unknown-function'
  | 'unknown-type'
  | 'wrong-arguments'
  | 'needs-constant'
  | 'wrong-type'
  | 'refused';

export interface ExpressionMistake {
  readonly code: MistakeCode;
  /** Offsets into the text, in UTF-16 units; end is behind the last one. */
  readonly place: { readonly start: number; readonly end: number };
  readonly found: string;
}

/** Thrown inside the reader of expressions and caught at its border. */
export class MistakeFound extends Error {
  readonly mistake: ExpressionMistake;

  constructor(code: MistakeCode, start: number, end: number, found: string) {
    super(`${code} at ${start}`);
    this.mistake = { code, place: { start, end }, found };
  }
}
