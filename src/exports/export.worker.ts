import { AppError } from '../core/errors';
import { exposeMethods } from '../workers/expose';
import type { ExportColumn, ExportPage } from './cells';
import { createFileWriter, type FileFormat, type FileWriter } from './file-writer';

let writer: FileWriter | null = null;

/** One file at a time: begin, add its pages in order, finish. */
const methods = {
  begin(format: FileFormat, columns: readonly ExportColumn[]): void {
    writer = createFileWriter(format, columns);
  },
  async add(page: ExportPage): Promise<void> {
    await opened().add(page);
  },
  async finish(): Promise<Blob> {
    const file = await opened().finish();
    writer = null;
    return file;
  },
};

export type ExportWorkerApi = typeof methods;

function opened(): FileWriter {
  if (writer === null) throw new AppError('unexpected', { reason: 'no file begun' });
  return writer;
}

exposeMethods(methods);
