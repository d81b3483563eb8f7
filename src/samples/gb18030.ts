/** The two-byte code of each UTF-16 unit, 0 where there is none; built on first use. */
let codes: Uint16Array | undefined;

/**
 * The text in GB18030, as its two-byte part (which is GBK). The platform can only decode it, so
 * the table is the decoder's, turned round. Throws RangeError for a character outside that part.
 */
export function encodeGb18030(text: string): Uint8Array<ArrayBuffer> {
  codes ??= invertDecoder();
  const bytes = new Uint8Array(text.length * 2);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[length++] = unit;
      continue;
    }
    const code = codes[unit] ?? 0;
    if (code === 0) throw new RangeError(`invalid character for GBK: U+${unit.toString(16).padStart(4, '0')}`);
    bytes[length++] = code >>> 8;
    bytes[length++] = code & 0xff;
  }
  return bytes.slice(0, length);
}

function invertDecoder(): Uint16Array {
  const decoder = new TextDecoder('gb18030');
  const table = new Uint16Array(0x10000);
  const row = new Uint8Array(2);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      row[0] = lead;
      row[1] = trail;
      const text = decoder.decode(row);
      if (text.length === 1 && text !== '\ufffd') table[text.charCodeAt(0)] ||= (lead << 8) | trail;
    }
  }
  return table;
}
