import { encodeGb18030 } from './gb18030';
import type { SampleStream } from './sample';

/** A CSV file as text: `records` is about how many times `lines` yields, each one or more whole lines. */
export interface TextFile {
  readonly name: string;
  readonly kind: SampleStream['kind'];
  readonly encoding: SampleStream['encoding'];
  readonly records: number;
  readonly lines: () => Generator<string>;
}

export const LINE_END = '\r\n';

const CHUNK_CHARACTERS = 1 << 18;

/** One CSV line with its end; cells are quoted where they must be (RFC 4180). */
export function csvLine(cells: readonly (string | number)[]): string {
  return cells.map((cell) => (typeof cell === 'number' ? String(cell) : csvCell(cell))).join(',') + LINE_END;
}

export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Whole cents as text with two decimals, exact: -1205 -> -12.05. */
export function formatCents(cents: number): string {
  const size = Math.abs(cents);
  const rest = size % 100;
  return `${cents < 0 ? '-' : ''}${(size - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`;
}

/** The file as bytes; UTF-8 carries the mark that makes spreadsheet programs read it as such. */
export function toSampleStream(file: TextFile): SampleStream {
  return { name: file.name, kind: file.kind, encoding: file.encoding, chunks: (onShare) => encodeLines(file, onShare) };
}

function* encodeLines(file: TextFile, onShare?: (share: number) => void): Generator<Uint8Array<ArrayBuffer>> {
  const encode = file.encoding === 'utf-8' ? encodeUtf8 : encodeGb18030;
  let text = file.encoding === 'utf-8' ? '\ufeff' : '';
  let records = 0;
  for (const lines of file.lines()) {
    text += lines;
    records++;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield encode(text);
    text = '';
    onShare?.(Math.min(1, records / file.records));
  }
  if (text !== '') yield encode(text);
  onShare?.(1);
}

const utf8 = new TextEncoder();

export const encodeUtf8 = (text: string): Uint8Array<ArrayBuffer> => utf8.encode(text);
