const BACKSLASH = 0x5c;
const SMALL_U = 0x75;
const REPLACEMENT = 0xfffd;

const ESCAPES: Readonly<Record<number, number>> = {
  0x62: 0x08,
  0x66: 0x0c,
  0x6e: 0x0a,
  0x72: 0x0d,
  0x74: 0x09,
};

/**
 * Writes a JSON string's content without its escapes as UTF-8 from `at`; returns where it ends. Escapes
 * are known to be sound. Halves of surrogate pairs that stand alone become U+FFFD. The target has room
 * for as many bytes as the source: no escape is shorter than what it stands for.
 */
export function unescapeInto(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  let read = from;
  let write = at;
  while (read < to) {
    const byte = source[read] as number;
    if (byte !== BACKSLASH) {
      target[write++] = byte;
      read++;
      continue;
    }
    const mark = source[read + 1] as number;
    if (mark !== SMALL_U) {
      target[write++] = ESCAPES[mark] ?? mark;
      read += 2;
      continue;
    }
    let code = hexAt(source, read + 2);
    read += 6;
    if (code >= 0xd800 && code < 0xe000) {
      const isPair = code < 0xdc00 && source[read] === BACKSLASH && source[read + 1] === SMALL_U && read + 6 <= to;
      const second = isPair ? hexAt(source, read + 2) : 0;
      if (second >= 0xdc00 && second < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (second - 0xdc00);
        read += 6;
      } else {
        code = REPLACEMENT;
      }
    }
    write = writeCodePoint(code, target, write);
  }
  return write;
}

function hexAt(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + 4; i++) {
    const byte = bytes[i] as number;
    value = value * 16 + (byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x57);
  }
  return value;
}

function writeCodePoint(code: number, target: Uint8Array, at: number): number {
  let write = at;
  if (code < 0x80) {
    target[write++] = code;
  } else if (code < 0x800) {
    target[write++] = 0xc0 | (code >> 6);
    target[write++] = 0x80 | (code & 0x3f);
  } else if (code < 0x10000) {
    target[write++] = 0xe0 | (code >> 12);
    target[write++] = 0x80 | ((code >> 6) & 0x3f);
    target[write++] = 0x80 | (code & 0x3f);
  } else {
    target[write++] = 0xf0 | (code >> 18);
    target[write++] = 0x80 | ((code >> 12) & 0x3f);
    target[write++] = 0x80 | ((code >> 6) & 0x3f);
    target[write++] = 0x80 | (code & 0x3f);
  }
  return write;
}

/** A key or a string as text. */
export function jsonString(source: Uint8Array, from: number, to: number, hasEscapes: boolean): string {
  if (!hasEscapes) return decoder.decode(source.subarray(from, to));
  const bytes = new Uint8Array(to - from);
  return decoder.decode(bytes.subarray(0, unescapeInto(source, from, to, bytes, 0)));
}

// Strings begin anywhere: a byte order mark inside one is a character of it.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
