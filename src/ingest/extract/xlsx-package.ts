import { AppError } from '../../core/errors';
import type { ReadOptions } from '../readers/read-slice';
import type { ExtractLimits } from './extract-contract';
import type { InflateBudget } from './inflate-budget';
import { BrokenXml, LongXml, XmlScanner, type XmlHandlers } from './xml-scanner';
import { readZipEntry } from './zip-entry';
import type { ZipEntry } from './zip-directory';

/** A character may be written as an entity of several; more than that of a cell is no cell. */
const CHARACTERS_A_BYTE = 8;

/** The parts of an XLSX file, read as XML piece by piece. */
export class XlsxPackage {
  readonly #file: Blob;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #budget: () => InflateBudget;
  readonly #options: ReadOptions;
  readonly #limits: ExtractLimits;

  /** @param budget a fresh one for each part read, since a sheet is read more than once */
  constructor(
    file: Blob,
    entries: readonly ZipEntry[],
    budget: () => InflateBudget,
    limits: ExtractLimits,
    options: ReadOptions,
  ) {
    this.#file = file;
    this.#entries = new Map(entries.map((entry) => [entry.name.toLowerCase().replace(/^\//, ''), entry]));
    this.#budget = budget;
    this.#options = options;
    this.#limits = limits;
  }

  has(path: string): boolean {
    return this.#entries.has(path.toLowerCase());
  }

  /** Throws `file-damaged` when the part is missing, cut off or no XML, `over-limit`, and the errors of readZipEntry. */
  async read(path: string, handlers: XmlHandlers, onShare?: (share: number) => void): Promise<void> {
    const name = this.#options.name ?? '';
    const entry = this.#entries.get(path.toLowerCase());
    if (entry === undefined) throw new AppError('file-damaged', { name });
    const scanner = new XmlScanner(handlers, this.#limits.cellBytes * CHARACTERS_A_BYTE);
    let decoder: TextDecoder | undefined;
    let taken = 0;
    try {
      for await (const piece of readZipEntry(this.#file, entry, this.#budget(), this.#options)) {
        taken += piece.length;
        onShare?.(Math.min(1, taken / Math.max(1, entry.inflatedBytes)));
        decoder ??= new TextDecoder(encodingOf(piece));
        scanner.push(decoder.decode(piece, { stream: true }));
      }
      scanner.push(decoder?.decode() ?? '');
      scanner.end();
    } catch (error) {
      if (error instanceof BrokenXml) throw new AppError('file-damaged', { name }, error);
      if (error instanceof LongXml) {
        throw new AppError('over-limit', { name, what: 'cellBytes', limit: this.#limits.cellBytes }, error);
      }
      throw error;
    }
  }
}

/** Parts are UTF-8, or UTF-16 with its mark. */
function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}
