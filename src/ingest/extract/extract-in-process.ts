import { AppError } from '../../core/errors';
import { unpackFiles } from './archive';
import { DEFAULT_LIMITS, type Extraction, type Extractor } from './extract-contract';
import { openFormatReader } from './format-readers';
import { detectForm } from './table-format';

/**
 * What the Extractor of the page does, without a worker: for the worker itself, tests and the command
 * line. Blocks its thread while it parses. `inspect` and `extract` refuse an archive with
 * `archive-in-archive`: it is unpacked first.
 */
export const extractInProcess: Extractor = {
  unpack: unpackFiles,

  async inspect(file, name, signal) {
    const format = await formatOf(file, name, signal);
    if (format === 'delimited') return { format, tables: [{ id: '', name: '', rows: null, columns: null }] };
    const reader = await openFormatReader(format);
    return { format, ...(await reader.inspect(file, name, signal)) };
  },

  async extract(file, name, choice, options = {}): Promise<Extraction> {
    const format = await formatOf(file, name, options.signal);
    if (format === 'delimited') return { text: file, rows: 0, columnNames: [], notes: [] };
    const reader = await openFormatReader(format);
    return reader.extract(file, name, choice, options);
  },
};

async function formatOf(file: Blob, name: string, signal: AbortSignal | undefined) {
  const form = await detectForm(file, DEFAULT_LIMITS.entries, { name, signal });
  if (form === 'archive') throw new AppError('archive-in-archive', { name, entry: name });
  return form === 'gzip' ? 'delimited' : form;
}
