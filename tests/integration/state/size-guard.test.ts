import { expect, it } from 'vitest';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { importDataset } from '../../../src/ingest/dataset/import-dataset';
import { inProcessReader } from '../../../src/ingest/dataset/source-reader';
import { WHOLE } from '../../../src/ingest/excerpt/excerpt';
import { estimateSize, readHeldBytes } from '../../../src/state/size-guard';
import { factsFile, ordersFile } from '../ingest/dataset/files';

const ROWS = 122_880;

it('estimates from above what the tables of orders and events take in the engine, and less than three times as much', async () => {
  const db = createNodeDb();
  const orders = ordersFile(
    ['orderId', 'customerId', 'orderedAt', 'amount', 'channel', 'productId'],
    [
      'order,who,time,amount,channel,sku',
      ...Array.from(
        { length: ROWS },
        (_, i) => `2024${String(i).padStart(12, '0')},M${i % 40_000},2024-01-01 10:00:00,${i % 100}.5,网店,P${i % 500}`,
      ),
    ],
  );
  const events = factsFile(
    'events',
    ['occurredAt', 'device', 'event', 'page'],
    [
      'time,device,event,page',
      ...Array.from({ length: ROWS }, (_, i) => `2024-01-01 10:00:00,D${i},view,/goods/${i % 3000}/detail`),
    ],
  );
  const before = await readHeldBytes(db);
  const people = new Map([
    [orders, 40_000],
    [events, ROWS],
  ]);
  for (const files of [[orders], [orders, events]]) {
    await importDataset(db, inProcessReader, files);
    const taken = (await readHeldBytes(db)) - before;
    const sized = files.map((file) => ({ plan: file.plan, rows: ROWS, people: people.get(file) ?? 0, spanMs: null }));
    const { neededBytes } = estimateSize(sized, WHOLE, 0);
    expect(taken).toBeGreaterThan(5e6);
    expect(neededBytes).toBeGreaterThan(taken);
    expect(neededBytes).toBeLessThan(3 * taken);
  }
});
