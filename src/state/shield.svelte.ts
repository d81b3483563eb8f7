import { isAppError, toAppError, type AppError } from '../core/errors';
import { sql, type Sql } from '../core/sql';
import type { Db } from '../db/db';

/** What the lock of the engine sets; `value` as the engine prints it. */
export const LOCKED_SETTINGS = [
  { name: 'enable_external_access', value: 'false' },
  { name: 'allowed_directories', value: '[app/]' },
  { name: 'autoload_known_extensions', value: 'false' },
  { name: 'lock_configuration', value: 'true' },
] as const;

export type LockedSetting = (typeof LOCKED_SETTINGS)[number]['name'];

/** Harmless if they ran: the first, DuckDB takes only before it starts; the second opens nothing by itself. */
const ATTEMPTS = [
  { text: 'SET enable_external_access = true', statement: sql`SET enable_external_access = true` },
  { text: 'SET lock_configuration = false', statement: sql`SET lock_configuration = false` },
] as const;

export interface EngineReading {
  readonly settings: readonly { readonly name: LockedSetting; readonly value: string; readonly isAsSet: boolean }[];
  /** What the engine answered to an attempt to change a setting; null when it obeyed. */
  readonly attempts: readonly { readonly text: string; readonly refusal: string | null }[];
}

export interface PolicyReading {
  /** The directives of the page's own meta element; empty on a development server. */
  readonly page: readonly string[];
  /** The directives of the header this address is answered with now; empty when there is none. */
  readonly header: readonly string[];
}

/** What guards the data, read back from where it is in force instead of repeated from the source. */
export class Shield {
  #engine = $state.raw<EngineReading | null>(null);
  #policy = $state.raw<PolicyReading | null>(null);
  #error = $state.raw<AppError | null>(null);
  readonly #db: Db;
  readonly #page: Window & typeof globalThis;

  constructor(db: Db, page: Window & typeof globalThis) {
    this.#db = db;
    this.#page = page;
  }

  get engine(): EngineReading | null {
    return this.#engine;
  }

  get policy(): PolicyReading | null {
    return this.#policy;
  }

  /** Why the engine could not be read; null once it could. */
  get error(): AppError | null {
    return this.#error;
  }

  /** Asks the engine for its settings and tries to change two. Opens the engine when it is closed. */
  async readEngine(): Promise<void> {
    try {
      const rows = await this.#db.query(sql`SELECT name, value FROM duckdb_settings() ORDER BY name`, {
        name: 'text',
        value: 'text?',
      });
      const settings = LOCKED_SETTINGS.map(({ name, value: wanted }) => {
        const value = rows.find((row) => row.name === name)?.value ?? '';
        return { name, value, isAsSet: value === wanted };
      });
      const attempts: EngineReading['attempts'][number][] = [];
      for (const { text, statement } of ATTEMPTS) attempts.push({ text, refusal: await this.#refusal(statement) });
      this.#engine = { settings, attempts };
      this.#error = null;
    } catch (error) {
      this.#error = toAppError(error);
    }
  }

  /** Reads the page's meta element, and the header by one request without a body to the page's own address. */
  async readPolicy(): Promise<void> {
    const { document, location } = this.#page;
    const meta = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
    const page = directives(meta?.getAttribute('content') ?? '');
    this.#policy = { page, header: this.#policy?.header ?? [] };
    const answer = await this.#page
      .fetch(location.pathname, { method: 'HEAD', cache: 'no-store' })
      // Without a network and a service worker there is no answer, and so no header.
      .catch(() => undefined);
    this.#policy = { page, header: directives(answer?.headers.get('content-security-policy') ?? '') };
  }

  async #refusal(statement: Sql): Promise<string | null> {
    try {
      await this.#db.exec(statement);
      return null;
    } catch (error) {
      if (!isAppError(error) || error.code !== 'query-failed') throw error;
      return error.cause instanceof Error ? error.cause.message : String(error.cause);
    }
  }
}

function directives(policy: string): readonly string[] {
  return policy
    .split(/[;,]/)
    .map((directive) => directive.trim())
    .filter((directive) => directive !== '');
}
