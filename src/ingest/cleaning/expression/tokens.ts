import { MistakeFound } from './mistake';

/** `word` is a plain name or a keyword, `name` one in double quotes, `text` one in single quotes. */
export type TokenKind = 'word' | 'name' | 'text' | 'number' | 'mark' | 'end';

export interface Token extends Spot {
  readonly kind: TokenKind;
  /** Without quotes; a doubled quote inside is one. */
  readonly value: string;
}

/** A stretch of the text: offsets, the end behind the last one. */
export interface Spot {
  readonly start: number;
  readonly end: number;
}

const MARKS = ['||', '<>', '!=', '<=', '>=', '=', '<', '>', '+', '-', '*', '/', '%', '(', ')', ','];
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)/y;
const BLANK = /\s+/uy;
const MOST_DIGITS = 18;
const MOST_DECIMALS = 9;

/**
 * Cuts an expression into tokens. Whatever could begin something else than an expression (`;`, comments,
 * `::`, `$`, brackets, backslashes) is no token. Throws MistakeFound.
 */
export function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let place = 0;
  while (place < text.length) {
    const blank = matchAt(BLANK, text, place);
    if (blank !== null) {
      place += blank.length;
      continue;
    }
    const token = tokenAt(text, place);
    tokens.push(token);
    place = token.end;
  }
  return [...tokens, { kind: 'end', value: '', start: text.length, end: text.length }];
}

function tokenAt(text: string, start: number): Token {
  const first = text[start] as string;
  if (first === "'") return quotedAt(text, start, "'", 'text');
  if (first === '"') return quotedAt(text, start, '"', 'name');
  const word = matchAt(WORD, text, start);
  if (word !== null) return { kind: 'word', value: word, start, end: start + word.length };
  const number = matchAt(NUMBER, text, start);
  if (number !== null) return numberAt(text, start, number);
  const two = text.slice(start, start + 2);
  if (two === '--' || two === '/*') throw new MistakeFound('bad-character', start, start + 2, two);
  const mark = MARKS.find((candidate) => text.startsWith(candidate, start));
  if (mark !== undefined) return { kind: 'mark', value: mark, start, end: start + mark.length };
  const character = String.fromCodePoint(text.codePointAt(start) as number);
  throw new MistakeFound('bad-character', start, start + character.length, character);
}

function quotedAt(text: string, start: number, quote: string, kind: 'text' | 'name'): Token {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== quote) value += text[at] as string;
    else if (text[at + 1] === quote) {
      value += quote;
      at++;
    } else {
      // The engine's texts end at a NUL, and nobody types one.
      const isClean = !value.includes('\0') && (kind === 'text' || value !== '');
      if (!isClean) throw new MistakeFound('bad-character', start, at + 1, text.slice(start, at + 1));
      return { kind, value, start, end: at + 1 };
    }
  }
  throw new MistakeFound(kind === 'text' ? 'unclosed-text' : 'unclosed-name', start, text.length, text.slice(start));
}

function numberAt(text: string, start: number, value: string): Token {
  const end = start + value.length;
  const [whole = '', decimals = ''] = value.split('.');
  const isWordBehind = matchAt(WORD, text, end) !== null;
  if (isWordBehind || whole.length > MOST_DIGITS || decimals.length > MOST_DECIMALS)
    throw new MistakeFound('bad-number', start, end, value);
  return { kind: 'number', value, start, end };
}

function matchAt(pattern: RegExp, text: string, place: number): string | null {
  pattern.lastIndex = place;
  return pattern.exec(text)?.[0] ?? null;
}
