import { throwIfAborted } from '../../core/errors';
import { ident, integerConstant, sql, type Sql } from '../../core/sql';
import { encodeBatch, type StringPool } from '../../db/arrow-ipc';
import { countRows } from '../../db/client';
import type { Db } from '../../db/db';

export interface ShownProgress {
  readonly values: number;
  readonly ofValues: number;
}

export interface ShownOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ShownProgress) => void) | undefined;
}

/** Turns values into what is shown of them, in their order. */
export type ShowValues = (values: readonly string[], signal?: AbortSignal) => Promise<readonly string[]>;

/** Values worked on at a time: a cancel waits for so many, and the page holds no more. */
const VALUES_AT_ONCE = 20_000;

/**
 * Fills a table (value VARCHAR, shown VARCHAR) with what `show` makes of every different text that `values`
 * (a SELECT of one column) answers and the table does not hold yet. Made when missing; what it holds stays, so a
 * second call for other customers only adds theirs. Throws `cancelled`, after which the table holds whole batches.
 */
export async function fillShownValues(
  db: Db,
  table: string,
  values: Sql,
  show: ShowValues,
  { signal, onProgress }: ShownOptions = {},
): Promise<void> {
  const shown = ident(table);
  const wanted = `${table}_wanted`;
  await db.exec(sql`CREATE TABLE IF NOT EXISTS ${shown} (value VARCHAR, shown VARCHAR)`, { signal });
  await db.exec(
    sql`CREATE OR REPLACE TEMP TABLE ${ident(wanted)} AS
SELECT DISTINCT w.value FROM (${values}) w(value) ANTI JOIN ${shown} s ON s.value = w.value WHERE w.value IS NOT NULL ORDER BY w.value`,
    { signal },
  );
  try {
    const ofValues = await countRows(db, wanted, { signal });
    let next = readPage(db, wanted, 0, signal);
    for (let start = 0; start < ofValues; start += VALUES_AT_ONCE) {
      throwIfAborted(signal);
      onProgress?.({ values: start, ofValues });
      const page = await next;
      // The engine reads on while these are worked on.
      next = readPage(db, wanted, start + VALUES_AT_ONCE, signal);
      const made = await show(page, signal);
      const columns = {
        value: { kind: 'strings', pool: poolOf(page) },
        shown: { kind: 'strings', pool: poolOf(made) },
      } as const;
      await db.append(table, encodeBatch(columns, made.length), { signal });
    }
    await next;
    onProgress?.({ values: ofValues, ofValues });
  } finally {
    // Not abortable: what was wanted must not stay in memory. A dead engine has none.
    await db.exec(sql`DROP TABLE IF EXISTS ${ident(wanted)}`).catch(() => undefined);
  }
}

function readPage(db: Db, table: string, start: number, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const page = db.columns(
    sql`SELECT value FROM ${ident(table)} WHERE rowid >= ${integerConstant(start)} AND rowid < ${integerConstant(start + VALUES_AT_ONCE)} ORDER BY rowid`,
    { value: 'text' },
    { signal },
  );
  // A failure is met where the page is awaited; until then it must not count as unhandled.
  const values = page.then(({ value }) => value);
  values.catch(() => undefined);
  return values;
}

function poolOf(texts: readonly string[]): StringPool {
  const encoder = new TextEncoder();
  const starts = new Int32Array(texts.length + 1);
  const encoded = texts.map((text) => encoder.encode(text));
  encoded.forEach((bytes, i) => (starts[i + 1] = (starts[i] ?? 0) + bytes.length));
  const bytes = new Uint8Array(starts[texts.length] ?? 0);
  encoded.forEach((part, i) => bytes.set(part, starts[i]));
  return { bytes, starts };
}
