/** Small files of orders for the journeys, made so that their figures can be counted by hand. */

const HEADERS = {
  en: ['Order number', 'Customer ID', 'Order time', 'Amount'],
  zh: ['订单号', '客户编号', '下单时间', '实付金额'],
} as const;

/** Forty customers; customer n has n orders, one a week up to the last day of 2025, each of 10.00 times n. */
export function orderRows(): readonly (readonly string[])[] {
  const rows: string[][] = [];
  for (let customer = 1; customer <= 40; customer++) {
    for (let order = 0; order < customer; order++) {
      const day = new Date(Date.UTC(2025, 11, 31 - 7 * order - (40 - customer))).toISOString().slice(0, 10);
      const orderNumber = `2025${String(customer).padStart(4, '0')}${String(order).padStart(8, '0')}`;
      rows.push([orderNumber, `M${String(customer).padStart(5, '0')}`, `${day} 10:30:00`, `${customer * 10}.00`]);
    }
  }
  return rows;
}

/** 1 + 2 + ... + 40. */
export const ORDER_ROWS = 820;
export const ORDER_CUSTOMERS = 40;

export function orderFile(language: keyof typeof HEADERS, rows: readonly (readonly string[])[] = orderRows()): string {
  return [HEADERS[language], ...rows].map((cells) => cells.map(quote).join(',')).join('\r\n') + '\r\n';
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The text in GBK, the encoding that a Chinese Excel writes: every character that a two-byte code has. */
export function encodeGbk(text: string): Buffer {
  const codes = gbkCodes();
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point < 0x80 ? point : codes.get(character);
    if (code === undefined) throw new RangeError(`not in GBK: ${character}`);
    if (code < 0x80) bytes.push(code);
    else bytes.push(code >> 8, code & 0xff);
  }
  return Buffer.from(bytes);
}

/** The code of each character, read off the platform's own decoder. */
function gbkCodes(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('gbk');
  const codes = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (trail !== 0x7f && [...character].length === 1 && character !== '\ufffd')
        codes.set(character, (lead << 8) | trail);
    }
  }
  return codes;
}
