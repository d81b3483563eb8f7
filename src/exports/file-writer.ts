import { csvHead, csvRows, type CsvIdStyle } from './csv';
import type { ExportColumn, ExportPage } from './cells';
import { XlsxWriter } from './xlsx';

export type FileFormat =
  { readonly kind: 'csv'; readonly ids: CsvIdStyle } | { readonly kind: 'xlsx'; readonly sheetName: string };

export const CSV: FileFormat = { kind: 'csv', ids: 'plain' };

/** Takes the pages of a table in order and ends as a file. */
export interface FileWriter {
  add(page: ExportPage): void | Promise<void>;
  finish(): Blob | Promise<Blob>;
}

const TYPES = {
  csv: 'text/csv;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Bytes held before they go into a Blob, which the browser may keep on disk. */
const PIECE_BYTES = 4_000_000;

/** A writer in this thread. The page uses it through the export worker. */
export function createFileWriter(format: FileFormat, columns: readonly ExportColumn[]): FileWriter {
  const pieces = new Pieces(TYPES[format.kind]);
  return format.kind === 'csv' ? csvWriter(columns, format.ids, pieces) : xlsxWriter(columns, format.sheetName, pieces);
}

function csvWriter(columns: readonly ExportColumn[], ids: CsvIdStyle, pieces: Pieces): FileWriter {
  const encoder = new TextEncoder();
  pieces.add(encoder.encode(csvHead(columns)));
  return {
    add: (page) => pieces.add(encoder.encode(csvRows(columns, page, ids))),
    finish: () => pieces.join(),
  };
}

function xlsxWriter(columns: readonly ExportColumn[], sheetName: string, pieces: Pieces): FileWriter {
  const writer = new XlsxWriter(columns, { sheetName, onChunk: (chunk) => pieces.add(chunk) });
  return {
    add: (page) => writer.add(page),
    finish: () => {
      writer.finish();
      return pieces.join();
    },
  };
}

class Pieces {
  readonly #type: string;
  readonly #blobs: Blob[] = [];
  #held: Uint8Array<ArrayBuffer>[] = [];
  #heldBytes = 0;

  constructor(type: string) {
    this.#type = type;
  }

  add(bytes: Uint8Array): void {
    this.#held.push(bytes as Uint8Array<ArrayBuffer>);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes >= PIECE_BYTES) this.#flush();
  }

  join(): Blob {
    this.#flush();
    return new Blob(this.#blobs, { type: this.#type });
  }

  #flush(): void {
    this.#blobs.push(new Blob(this.#held));
    this.#held = [];
    this.#heldBytes = 0;
  }
}
