/** The text as a Chinese Windows writes it: the platform's own decoder, asked for every pair of bytes, turned round. */
export function encodeGbk(text: string): Uint8Array<ArrayBuffer> {
  const decoder = new TextDecoder('gbk');
  const pairs = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const decoded = decoder.decode(new Uint8Array([lead, trail]));
      if (decoded.length === 1 && decoded !== '\ufffd') pairs.set(decoded, [lead, trail]);
    }
  }
  const bytes = [...text].flatMap((character) => {
    if (character.charCodeAt(0) < 0x80) return [character.charCodeAt(0)];
    const pair = pairs.get(character);
    if (pair === undefined) throw new RangeError(`invalid character for GBK: ${character}`);
    return [...pair];
  });
  return new Uint8Array(bytes);
}
