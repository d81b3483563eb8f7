import { AppError, throwIfAborted } from '../../core/errors';
import type { ReadOptions } from '../readers/read-slice';
import { joinColumns, readColumn, type ArrowColumn } from './arrow-columns';
import { BatchParts, messagesOf, type ArrowMessage } from './arrow-messages';
import { isNested, isReadable, readSchema, type ArrowField } from './arrow-schema';
import { damagedOtherwise } from './damage';
import { DelimitedSink } from './delimited-sink';
import { DEFAULT_LIMITS, type ExtractNote, type FormatReader } from './extract-contract';

/**
 * Arrow IPC streams and files (Feather 2), read by our own reader: apache-arrow 17, which the engine
 * pins, takes neither packed buffers, which pandas writes, nor string views, which polars writes. One
 * record batch is in memory at a time, and the dictionaries. LZ4 and Zstandard are unpacked.
 */
export const arrowReader: FormatReader = {
  inspect: (file, name, signal) =>
    damagedOtherwise(name, async () => {
      let columns: readonly TextColumn[] | null = null;
      let rows = 0;
      for await (const message of messagesOf(file, { name, signal })) {
        if (message.kind === 'schema') columns ??= columnsOf(readSchema(message.header));
        else if (message.kind === 'batch') rows += message.header.long(0);
      }
      if (columns === null) throw new RangeError('no schema');
      return { tables: [{ id: '', name: '', rows, columns: columns.filter((column) => column.isReadable).length }] };
    }),

  extract: (file, name, choice, { limits = DEFAULT_LIMITS, signal, onProgress } = {}) =>
    damagedOtherwise(name, async () => {
      if (choice.table !== '') throw new AppError('table-missing', { name, table: choice.table });
      const sink = new DelimitedSink({ name, limits });
      const table = await TableText.open(file, { name, signal }, sink);
      for await (const message of table.messages) {
        throwIfAborted(signal);
        await table.take(message);
        onProgress?.({ share: message.end / file.size, rows: sink.rows - 1 });
      }
      const columnNames = table.kept.map((column) => column.name);
      return { text: sink.finish(), rows: sink.rows, columnNames, notes: notesOf(table.columns) };
    }),
};

/** A column of the text: a field, or one within structs, whose places from the top are given. */
interface TextColumn {
  readonly name: string;
  readonly places: readonly number[];
  readonly isReadable: boolean;
  readonly isNested: boolean;
}

function columnsOf(fields: readonly ArrowField[], prefix = '', above: readonly number[] = []): readonly TextColumn[] {
  return fields.flatMap((field, place) => {
    const name = prefix + field.name;
    const places = [...above, place];
    if (field.type.kind === 'struct' && field.dictionary === null) return columnsOf(field.children, `${name}.`, places);
    return [{ name, places, isReadable: isReadable(field), isNested: isNested(field) || field.type.kind === 'struct' }];
  });
}

function notesOf(columns: readonly TextColumn[]): readonly ExtractNote[] {
  const note = (kind: ExtractNote['kind'], concerned: readonly TextColumn[]): readonly ExtractNote[] =>
    concerned.length === 0 ? [] : [{ kind, count: concerned.length, names: concerned.map((column) => column.name) }];
  return [
    ...note(
      'columns-left-out',
      columns.filter((column) => !column.isReadable),
    ),
    ...note(
      'nested-as-text',
      columns.filter((column) => column.isReadable && column.isNested),
    ),
  ];
}

/** Writes the record batches of a file as they come. */
class TableText {
  readonly messages: AsyncGenerator<ArrowMessage>;
  readonly columns: readonly TextColumn[];
  readonly kept: readonly TextColumn[];
  readonly #fields: readonly ArrowField[];
  readonly #dictionaryFields = new Map<number, ArrowField>();
  readonly #dictionaries = new Map<number, ArrowColumn>();
  readonly #sink: DelimitedSink;

  private constructor(messages: AsyncGenerator<ArrowMessage>, fields: readonly ArrowField[], sink: DelimitedSink) {
    this.messages = messages;
    this.#fields = fields;
    this.#sink = sink;
    this.columns = columnsOf(fields);
    this.kept = this.columns.filter((column) => column.isReadable);
    if (this.kept.length === 0) throw new AppError('no-columns');
    for (const field of fields) this.#noteDictionaries(field);
    for (const column of this.kept) sink.text(column.name);
    sink.endRow();
  }

  static async open(file: Blob, options: ReadOptions, sink: DelimitedSink): Promise<TableText> {
    const messages = messagesOf(file, options);
    const first = await messages.next();
    if (first.done === true || first.value.kind !== 'schema') throw new RangeError('no schema');
    return new TableText(messages, readSchema(first.value.header), sink);
  }

  async take(message: ArrowMessage): Promise<void> {
    if (message.kind === 'batch') this.#write(new BatchParts(message.header, await message.body()));
    else if (message.kind === 'dictionary') await this.#keep(message);
  }

  async #keep(message: ArrowMessage): Promise<void> {
    const id = message.header.long(0);
    const field = this.#dictionaryFields.get(id);
    const data = message.header.table(1);
    if (field === undefined || data === null) throw new RangeError('dictionary of no field');
    const parts = new BatchParts(data, await message.body());
    const values = readColumn({ ...field, dictionary: null }, parts, this.#dictionaries);
    const before = message.header.bool(2) ? this.#dictionaries.get(id) : undefined;
    this.#dictionaries.set(id, before === undefined ? values : joinColumns(before, values));
  }

  #write(parts: BatchParts): void {
    const roots = this.#fields.map((field) => readColumn(field, parts, this.#dictionaries));
    if (roots.some((column) => column.length !== parts.length)) throw new RangeError('columns of unlike length');
    const chains = this.kept.map(({ places }) => chainOf(roots, places));
    const sink = this.#sink;
    for (let row = 0; row < parts.length; row++) {
      for (const chain of chains) {
        const column = chain[chain.length - 1] as ArrowColumn;
        if (chain.some((each) => each.isGap(row))) sink.gap();
        else column.write(row, sink);
      }
      sink.endRow();
    }
  }

  #noteDictionaries(field: ArrowField): void {
    if (field.dictionary !== null) this.#dictionaryFields.set(field.dictionary.id, field);
    for (const child of field.children) this.#noteDictionaries(child);
  }
}

/** The column at the places, behind the structs around it: a gap in any of them is a gap. */
function chainOf(roots: readonly ArrowColumn[], places: readonly number[]): readonly ArrowColumn[] {
  const chain: ArrowColumn[] = [];
  let columns = roots;
  for (const place of places) {
    const column = columns[place];
    if (column === undefined) throw new RangeError('field missing');
    chain.push(column);
    columns = column.children;
  }
  return chain;
}
