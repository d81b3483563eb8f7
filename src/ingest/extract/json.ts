import { AppError } from '../../core/errors';
import { DelimitedSink } from './delimited-sink';
import {
  DEFAULT_LIMITS,
  type ExtractNote,
  type ExtractOptions,
  type Extraction,
  type FormatReader,
} from './extract-contract';
import { JsonColumns } from './json-fields';
import { JsonRows } from './json-rows';
import { JsonBreak, JsonScanner, type JsonHandler } from './json-scanner';
import { JsonSurvey } from './json-survey';
import { linesOf, located, openJsonText, streamOf, type JsonText } from './json-text';

const COMMA = 0x2c;
const BLANK = 0x20;

/** What is told of a pass while it goes on. */
interface PassEvents {
  /** A line was JSON to its end, or was not. */
  readonly lineEnded?: ((isSound: boolean) => void) | undefined;
  /** Share of the file read, 0..1. */
  readonly progressed?: ((share: number) => void) | undefined;
}

interface PassResult {
  /** Values at the top. */
  readonly values: number;
  readonly brokenLines: number;
}

/** Reads a text once, telling a handler. */
type Pass = (text: JsonText, handler: JsonHandler, events: PassEvents) => Promise<PassResult>;

/**
 * JSON of any size: an array of objects or of arrays, such an array within objects, or objects one after
 * the other. Numbers stay as they are written. One pass, and a second one when a column turns up that the
 * first row does not have; in memory are a row and the piece of the text being read.
 *
 * Throws `json-broken` and `json-too-deep` with line and column, `table-missing` where the path leads
 * nowhere, `no-columns`, `file-not-decodable` and the errors of FormatReader.
 */
export const jsonReader: FormatReader = {
  async inspect(file, name, signal) {
    const survey = new JsonSurvey();
    await passOver(await openJsonText(file, name, DEFAULT_LIMITS, signal), survey, {});
    return { tables: survey.tables() };
  },
  extract: (file, name, choice, options = {}) =>
    extract(file, name, passOver, options, {
      path: choice.path ?? choice.table,
      flatten: choice.flatten ?? 'objects',
      topIsRow: false,
    }),
};

/** A value a line. A line that is no JSON is left out and counted, unless none is. */
export const jsonLinesReader: FormatReader = {
  async inspect(file, name, signal) {
    const text = await openJsonText(file, name, DEFAULT_LIMITS, signal);
    const { values } = await passLines(text, new JsonSurvey(), {});
    return { tables: [{ id: '', name: '', rows: values, columns: null }] };
  },
  extract: (file, name, choice, options = {}) =>
    extract(file, name, passLines, options, {
      path: choice.path ?? choice.table,
      flatten: choice.flatten ?? 'objects',
      topIsRow: true,
    }),
};

interface RowsWanted {
  readonly path: string;
  readonly flatten: 'none' | 'objects' | 'lines';
  readonly topIsRow: boolean;
}

async function extract(
  file: Blob,
  name: string,
  pass: Pass,
  { limits = DEFAULT_LIMITS, signal, onProgress }: ExtractOptions,
  wanted: RowsWanted,
): Promise<Extraction> {
  const text = await openJsonText(file, name, limits, signal);
  const columns = new JsonColumns(name, limits);
  let told = 0;
  for (let round = 1; ; round++) {
    const sink = new DelimitedSink({ name, limits });
    const rows = new JsonRows({ ...wanted, name, columns }, sink);
    const { brokenLines } = await pass(text, rows, {
      lineEnded: (isSound) => (isSound ? rows.settle() : rows.takeBack()),
      progressed: (share) => {
        // From the moment that a second pass is known to follow, this one is the first half.
        told = Math.max(told, round === 1 ? (rows.isNarrow ? share / 2 : share) : (1 + share) / 2);
        onProgress?.({ share: told, rows: sink.rows });
      },
    });
    rows.settle();
    if (!rows.found) throw new AppError('table-missing', { name, table: wanted.path });
    const hadHollow = columns.dropHollow();
    if (!rows.isNarrow && !hadHollow) return extractionOf(rows, columns, sink, brokenLines, { name, limits });
  }
}

function extractionOf(
  rows: JsonRows,
  columns: JsonColumns,
  sink: DelimitedSink,
  brokenLines: number,
  sinkOptions: ConstructorParameters<typeof DelimitedSink>[0],
): Extraction {
  const names = columns.names();
  if (names.length === 0 && sink.rows > 0) throw new AppError('no-columns');
  const nested = [...rows.nestedAsText].map((column) => names[column] ?? '');
  const notes: ExtractNote[] = [];
  if (brokenLines > 0) notes.push({ kind: 'broken-lines', count: brokenLines });
  if (rows.valuesLeftOut > 0) notes.push({ kind: 'values-left-out', count: rows.valuesLeftOut });
  if (nested.length > 0) notes.push({ kind: 'nested-as-text', count: nested.length, names: nested });
  if (rows.kind === 'array') return { text: sink.finish(), rows: sink.rows, columnNames: rows.firstCells, notes };
  const header = new DelimitedSink(sinkOptions);
  for (const column of names) header.text(column);
  if (names.length > 0) header.endRow();
  const body = sink.finish();
  return {
    text: new Blob([header.finish(), body], { type: body.type }),
    rows: header.rows + sink.rows,
    columnNames: names,
    notes,
  };
}

const passOver: Pass = async (text, handler, { progressed }) => {
  const scanner = new JsonScanner(handler);
  try {
    const stream = await streamOf(text);
    for await (const piece of stream) {
      scanner.push(piece);
      progressed?.(stream.bytesRead() / text.file.size);
    }
    scanner.end();
  } catch (error) {
    throw await located(error, text);
  }
  return { values: scanner.values, brokenLines: 0 };
};

const passLines: Pass = async (text, handler, { lineEnded, progressed }) => {
  const scanner = new JsonScanner(handler);
  let values = 0;
  let brokenLines = 0;
  let firstBreak: JsonBreak | null = null;
  const stream = await streamOf(text);
  for await (const lines of linesOf(stream)) {
    for (const { bytes, offset } of lines) {
      const to = endOfValue(bytes);
      if (to === 0) continue;
      const before = scanner.values;
      try {
        scanner.reset(offset);
        scanner.push(bytes.subarray(0, to));
        scanner.end();
        values += scanner.values - before;
        lineEnded?.(true);
      } catch (error) {
        if (!(error instanceof JsonBreak)) throw error;
        firstBreak ??= error;
        brokenLines++;
        lineEnded?.(false);
      }
    }
    progressed?.(stream.bytesRead() / text.file.size);
  }
  if (values === 0 && firstBreak !== null) throw await located(firstBreak, text);
  return { values, brokenLines };
};

/** Where the line's value ends: before blanks and a comma; 0 for a blank line. */
function endOfValue(line: Uint8Array): number {
  let to = line.length;
  const skipBlanks = (): void => {
    while (to > 0 && (line[to - 1] as number) <= BLANK) to--;
  };
  skipBlanks();
  if (line[to - 1] === COMMA) {
    to--;
    skipBlanks();
  }
  return to;
}
