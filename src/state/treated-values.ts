import { ident, sql } from '../core/sql';
import type { Db } from '../db/db';
import { CUSTOMER_PSEUDONYMS } from '../exports/id-form.sql';
import type { ExportOptions } from '../exports/file-exporter';
import type { RowsSource } from '../exports/table-pages';
import { needsShownValues, shownTableOf, type TreatedColumn } from '../ingest/privacy/protected-table.sql';
import { fillShownValues, type ShownOptions, type ShowValues } from '../ingest/privacy/shown-values';
import type { ValueWorker } from '../ingest/privacy/value-worker';

/** Progress is in different values, which a file has at most as many of as rows. */
export type WorkOptions = ExportOptions;

/** The tables in the engine through which files are written: what is shown of each value. */
export class TreatedValues {
  readonly #db: Db;
  readonly #values: ValueWorker;
  /** The key under which the pseudonyms of customers in the engine were made. */
  #filledUnder: string | null = null;

  constructor(db: Db, values: ValueWorker) {
    this.#db = db;
    this.#values = values;
  }

  /** Makes the pseudonyms of a file's customers, as far as the engine does not hold them under this key. */
  async fillPseudonyms(
    { rows }: RowsSource,
    { key, fingerprint }: { readonly key: CryptoKey; readonly fingerprint: string },
    options: WorkOptions,
  ): Promise<void> {
    if (this.#filledUnder !== fingerprint) {
      await this.#db.exec(sql`DROP TABLE IF EXISTS ${ident(CUSTOMER_PSEUDONYMS)}`);
      this.#filledUnder = fingerprint;
    }
    const show: ShowValues = (ids, signal) => this.#values.pseudonyms(key, ids, signal);
    await fillShownValues(
      this.#db,
      CUSTOMER_PSEUDONYMS,
      sql`SELECT customer_id FROM (${rows})`,
      show,
      shownOptions(options),
    );
  }

  /** Makes the masks or pseudonyms of a column anew, where its treatment is one of these. */
  async fillColumn(table: string, treated: TreatedColumn, key: CryptoKey, options: WorkOptions): Promise<void> {
    if (!needsShownValues(treated)) return;
    const { column, kind, treatment } = treated;
    const shown = shownTableOf(table, column);
    await this.#db.exec(sql`DROP TABLE IF EXISTS ${ident(shown)}`);
    const show: ShowValues = (texts, signal) =>
      treatment.do === 'pseudonym'
        ? this.#values.pseudonyms(key, texts, signal)
        : this.#values.masks(kind ?? 'id', texts, signal);
    const values = sql`SELECT CAST(${ident(column)} AS VARCHAR) FROM ${ident(table)}`;
    await fillShownValues(this.#db, shown, values, show, shownOptions(options));
  }
}

function shownOptions({ signal, onProgress }: WorkOptions): ShownOptions {
  return { signal, onProgress: ({ values, ofValues }) => onProgress?.({ rows: values, ofRows: ofValues }) };
}
