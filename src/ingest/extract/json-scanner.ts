/** What a text of JSON consists of, told in its order. Bytes are only lent for the time of the call. */
export interface JsonHandler {
  beginObject(): void;
  endObject(): void;
  beginArray(): void;
  endArray(): void;
  /** The bytes between the quotes, with their escapes. */
  key(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean): void;
  text(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean): void;
  /** As written. */
  number(bytes: Uint8Array, from: number, to: number): void;
  /** `true` or `false`. */
  boolean(bytes: Uint8Array, from: number, to: number): void;
  null(): void;
}

/** Where the text stops being JSON: a byte of the UTF-8 text, counted from its start. */
export class JsonBreak extends Error {
  readonly offset: number;
  readonly reason: 'syntax' | 'depth' | 'length';

  constructor(offset: number, reason: JsonBreak['reason'] = 'syntax') {
    super(`no JSON at byte ${offset}`);
    this.offset = offset;
    this.reason = reason;
  }
}

/** Real exports nest less than ten levels; a thousand brackets are an attack on whoever recurses. */
export const MAX_DEPTH = 256;
/** The longest string or number that is waited for. */
const MAX_TOKEN_BYTES = 16 << 20;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SMALL_U = 0x75;
const SMALL_E = 0x65;
const LOWER_CASE = 0x20;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

const NOTHING = new Uint8Array(0);

/** What may come next. */
const TOP = 0;
const VALUE = 1;
const FIRST_ITEM = 2;
const FIRST_KEY = 3;
const KEY = 4;
const COLON_NEXT = 5;
const SEPARATOR = 6;

const ESCAPED = new Set(Array.from('"\\/bfnrt', (mark) => mark.charCodeAt(0)));
const NUMBER_MARKS = new Uint8Array(256);
for (const mark of '+-.0123456789eE') NUMBER_MARKS[mark.charCodeAt(0)] = 1;
const LITERALS = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));

/**
 * Reads JSON (RFC 8259) from pieces of UTF-8 cut anywhere, telling a handler what it meets; holds one
 * unfinished string or number, and a byte a level. Several values one after the other are taken, with
 * or without commas between them. Throws JsonBreak at the first byte that does not fit.
 *
 * Cost: one pass; about 100 MB/s with a handler that keeps the values.
 */
export class JsonScanner {
  readonly #handler: JsonHandler;
  readonly #stack = new Uint8Array(MAX_DEPTH);
  /** The string or number whose end is still to come. */
  #rest: Uint8Array = NOTHING;
  #bytes: Uint8Array = this.#rest;
  /** Bytes of the text before those being read. */
  #base = 0;
  #depth = 0;
  #state: number = TOP;
  #values = 0;

  constructor(handler: JsonHandler) {
    this.#handler = handler;
  }

  /** Values at the top that have ended. */
  get values(): number {
    return this.#values;
  }

  /** Takes the next bytes; they may be reused afterwards. */
  push(piece: Uint8Array): void {
    const rest = this.#rest;
    if (rest.length === 0) {
      this.#scan(piece, false);
      return;
    }
    const joined = new Uint8Array(rest.length + piece.length);
    joined.set(rest);
    joined.set(piece, rest.length);
    this.#scan(joined, false);
  }

  /** Ends the text. Throws where something is missing. */
  end(): void {
    this.#scan(this.#rest, true);
    if (this.#state !== TOP) throw new JsonBreak(this.#base);
  }

  /** Forgets everything, for another text that begins at `offset` of the whole. */
  reset(offset: number): void {
    this.#rest = NOTHING;
    this.#base = offset;
    this.#depth = 0;
    this.#state = TOP;
  }

  #scan(bytes: Uint8Array, isFinal: boolean): void {
    this.#bytes = bytes;
    const filled = bytes.length;
    let at = 0;
    for (;;) {
      at = skipBlanks(bytes, at, filled);
      if (at === filled) break;
      const next = this.#token(at, filled, isFinal);
      if (next < 0) break;
      at = next;
    }
    if (filled - at > MAX_TOKEN_BYTES) throw new JsonBreak(this.#base + at, 'length');
    this.#rest = at === filled ? NOTHING : bytes.slice(at);
    this.#base += at;
  }

  /** Reads what begins at `at`; returns where it ends, or -1 when the rest of it is still to come. */
  #token(at: number, filled: number, isFinal: boolean): number {
    const byte = this.#bytes[at] as number;
    switch (this.#state) {
      case SEPARATOR:
        return this.#separator(byte, at);
      case COLON_NEXT:
        if (byte !== COLON) throw this.#break(at);
        this.#state = VALUE;
        return at + 1;
      case KEY:
      case FIRST_KEY:
        if (byte === QUOTE) return this.#string(at, filled, isFinal, true);
        if (byte === CLOSE_OBJECT && this.#state === FIRST_KEY) return this.#close(at);
        throw this.#break(at);
      case FIRST_ITEM:
        if (byte === CLOSE_ARRAY) return this.#close(at);
        return this.#value(byte, at, filled, isFinal);
      case TOP:
        if (byte === COMMA && this.#values > 0) return at + 1;
        return this.#value(byte, at, filled, isFinal);
      default:
        return this.#value(byte, at, filled, isFinal);
    }
  }

  #separator(byte: number, at: number): number {
    const inObject = this.#stack[this.#depth - 1] === OPEN_OBJECT;
    if (byte === COMMA) {
      this.#state = inObject ? KEY : VALUE;
      return at + 1;
    }
    if (byte !== (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) throw this.#break(at);
    return this.#close(at);
  }

  #value(byte: number, at: number, filled: number, isFinal: boolean): number {
    if (byte === QUOTE) return this.#string(at, filled, isFinal, false);
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (this.#depth === MAX_DEPTH) throw new JsonBreak(this.#base + at, 'depth');
      this.#stack[this.#depth++] = byte;
      this.#state = byte === OPEN_OBJECT ? FIRST_KEY : FIRST_ITEM;
      if (byte === OPEN_OBJECT) this.#handler.beginObject();
      else this.#handler.beginArray();
      return at + 1;
    }
    return NUMBER_MARKS[byte] === 1 ? this.#number(at, filled, isFinal) : this.#literal(at, filled, isFinal);
  }

  #close(at: number): number {
    const opened = this.#stack[--this.#depth];
    if (opened === OPEN_OBJECT) this.#handler.endObject();
    else this.#handler.endArray();
    this.#ended();
    return at + 1;
  }

  #ended(): void {
    this.#state = this.#depth === 0 ? TOP : SEPARATOR;
    if (this.#depth === 0) this.#values++;
  }

  #string(at: number, filled: number, isFinal: boolean, isKey: boolean): number {
    const bytes = this.#bytes;
    const from = at + 1;
    let to = from;
    let hasEscapes = false;
    for (; to < filled; to++) {
      const byte = bytes[to] as number;
      if (byte === QUOTE) break;
      if (byte === BACKSLASH) {
        hasEscapes = true;
        to++;
      } else if (byte < 0x20) {
        throw this.#break(to);
      }
    }
    if (to >= filled) {
      if (isFinal) throw this.#break(at);
      return -1;
    }
    if (hasEscapes) this.#checkEscapes(from, to);
    if (isKey) {
      this.#handler.key(bytes, from, to, hasEscapes);
      this.#state = COLON_NEXT;
    } else {
      this.#handler.text(bytes, from, to, hasEscapes);
      this.#ended();
    }
    return to + 1;
  }

  #checkEscapes(from: number, to: number): void {
    const bytes = this.#bytes;
    for (let at = from; at < to; at++) {
      if (bytes[at] !== BACKSLASH) continue;
      const start = at++;
      if (bytes[at] === SMALL_U) {
        for (let digit = 0; digit < 4; digit++) if (!isHexDigit(bytes[++at] ?? 0)) throw this.#break(start);
      } else if (!ESCAPED.has(bytes[at] ?? 0)) {
        throw this.#break(start);
      }
    }
  }

  #number(at: number, filled: number, isFinal: boolean): number {
    const bytes = this.#bytes;
    let to = at;
    while (to < filled && NUMBER_MARKS[bytes[to] as number] === 1) to++;
    if (to === filled && !isFinal) return -1;
    if (!isNumber(bytes, at, to)) throw this.#break(at);
    this.#handler.number(bytes, at, to);
    this.#ended();
    return to;
  }

  #literal(at: number, filled: number, isFinal: boolean): number {
    const bytes = this.#bytes;
    const word = LITERALS.find((each) => each[0] === bytes[at]);
    if (word === undefined) throw this.#break(at);
    for (let i = 1; i < word.length; i++) {
      if (at + i === filled) {
        if (isFinal) throw this.#break(at);
        return -1;
      }
      if (bytes[at + i] !== word[i]) throw this.#break(at);
    }
    const to = at + word.length;
    if (word === LITERALS[2]) this.#handler.null();
    else this.#handler.boolean(bytes, at, to);
    this.#ended();
    return to;
  }

  #break(at: number): JsonBreak {
    return new JsonBreak(this.#base + at);
  }
}

function skipBlanks(bytes: Uint8Array, from: number, filled: number): number {
  let at = from;
  while (at < filled) {
    const byte = bytes[at] as number;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    at++;
  }
  return at;
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

/** True for what RFC 8259 calls a number: no plus, no zeros in front, digits on both sides of the point. */
function isNumber(bytes: Uint8Array, from: number, to: number): boolean {
  let at = bytes[from] === MINUS ? from + 1 : from;
  const whole = skipDigits(bytes, at, to);
  if (whole === at || (bytes[at] === ZERO && whole > at + 1)) return false;
  at = whole;
  if (at < to && bytes[at] === POINT) {
    const fraction = skipDigits(bytes, at + 1, to);
    if (fraction === at + 1) return false;
    at = fraction;
  }
  if (at < to && ((bytes[at] as number) | LOWER_CASE) === SMALL_E) {
    const sign = bytes[at + 1] === PLUS || bytes[at + 1] === MINUS ? 2 : 1;
    const exponent = skipDigits(bytes, at + sign, to);
    if (exponent === at + sign) return false;
    at = exponent;
  }
  return at === to;
}

function skipDigits(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at++;
  return at;
}
