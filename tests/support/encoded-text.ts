/** The bytes of a text in encodings that TextEncoder does not write. */

let twoByteCodes: ReadonlyMap<string, readonly [number, number]> | undefined;

/** GBK: ASCII and the two-byte codes of GB18030, found by decoding each of them once. */
export function encodeGbk(text: string): Uint8Array<ArrayBuffer> {
  twoByteCodes ??= invertTwoByteCodes();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = twoByteCodes.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair !== undefined) bytes.push(...pair);
    else throw new RangeError(`invalid character for GBK: ${character}`);
  }
  return new Uint8Array(bytes);
}

/** UTF-16, with a byte order mark unless told otherwise. */
export function encodeUtf16(text: string, order: 'le' | 'be', withMark = true): Uint8Array<ArrayBuffer> {
  const marked = withMark ? `\ufeff${text}` : text;
  const view = new DataView(new ArrayBuffer(marked.length * 2));
  for (let i = 0; i < marked.length; i++) view.setUint16(i * 2, marked.charCodeAt(i), order === 'le');
  return new Uint8Array(view.buffer);
}

export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function invertTwoByteCodes(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const codes = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(new Uint8Array([lead, trail]));
      if (!codes.has(character)) codes.set(character, [lead, trail]);
    }
  }
  return codes;
}
