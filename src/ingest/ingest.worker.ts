import { exposeMethods, transfer } from '../workers/expose';
import type { IngestApi } from './ingest-api';
import { previewFile } from './preview';
import { readTable, type TableReading } from './read-table';

let reading: TableReading | undefined;

const api: IngestApi = {
  preview: (file, name, chosen) => previewFile(file, name, chosen),
  async read(file, name, mapping, onProgress) {
    reading = undefined;
    reading = await readTable(file, name, mapping, { onProgress });
    return { layout: reading.layout, report: reading.report };
  },
  nextBatch() {
    const batch = reading?.batches.next().value ?? null;
    return batch === null ? null : transfer(batch, [batch.ipc.buffer]);
  },
};
exposeMethods({ preview: api.preview, read: api.read, nextBatch: api.nextBatch });
