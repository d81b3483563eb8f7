interface Signature {
  readonly kind: string;
  readonly bytes: readonly number[];
}

const GZIP = [0x1f, 0x8b, 0x08];

const SIGNATURES: readonly Signature[] = [
  { kind: 'ZIP', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { kind: 'ZIP', bytes: [0x50, 0x4b, 0x05, 0x06] },
  { kind: 'XLS', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { kind: 'Parquet', bytes: [0x50, 0x41, 0x52, 0x31] },
  { kind: 'PDF', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { kind: 'PNG', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { kind: 'JPEG', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'GIF', bytes: [0x47, 0x49, 0x46, 0x38] },
  { kind: 'SQLite', bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66] },
  { kind: '7z', bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { kind: 'RAR', bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { kind: 'Zstandard', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { kind: 'bzip2', bytes: [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26] },
  { kind: 'XZ', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { kind: 'UTF-32', bytes: [0xff, 0xfe, 0x00, 0x00] },
  { kind: 'UTF-32', bytes: [0x00, 0x00, 0xfe, 0xff] },
];

/** The first entries of a workbook in the ZIP container name one of these folders. */
const WORKBOOK_MARKS = ['[Content_Types].xml', 'xl/'];

/** True when the bytes begin a gzip member (deflate, the only method there is). */
export function isGzip(head: Uint8Array): boolean {
  return startsWith(head, GZIP);
}

/**
 * The name of the binary format that the first bytes announce, or null when they announce none.
 * Names are those of the formats themselves, alike in every language.
 */
export function binaryKind(head: Uint8Array): string | null {
  const found = SIGNATURES.find((signature) => startsWith(head, signature.bytes));
  if (found?.kind !== 'ZIP') return found?.kind ?? null;
  const names = new TextDecoder('windows-1252').decode(head.subarray(0, 4096));
  return WORKBOOK_MARKS.some((mark) => names.includes(mark)) ? 'XLSX' : 'ZIP';
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, i) => bytes[i] === byte);
}
