import { commands } from 'vitest/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAppError } from '../../../src/core/errors';
import { Sql, sql } from '../../../src/core/sql';
import { createBrowserDb } from '../../../src/db/duckdb-browser';
import { spawnClassicWorker, watchWorker } from '../../../src/workers/spawn';
import { hostileStatements } from '../../support/hostile-statements';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const port = await commands.listenerPort();
const statements = hostileStatements(`http://127.0.0.1:${port}`);

beforeAll(async () => {
  await db.exec(sql`CREATE TABLE hostile_target (leak VARCHAR)`);
});

afterAll(() => db.close());

/** The engine's own words when it refuses, or undefined when it ran the statement. */
async function refusal(text: string): Promise<string | undefined> {
  try {
    await db.exec(new Sql([text], []));
    return undefined;
  } catch (error) {
    const cause = isAppError(error) && error.code === 'query-failed' ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

test('there are at least forty different hostile statements', () => {
  expect(new Set(statements.map((statement) => statement.text)).size).toBeGreaterThanOrEqual(40);
});

const REFUSED =
  /Permission Error|Catalog Error|Binder Error|Not implemented|configuration has been locked|Secret type .* does not exist|disabled/i;

test.each(statements.filter((statement) => statement.inert === undefined))(
  'the locked engine refuses $name',
  async ({ text }) => {
    expect(await refusal(text)).toMatch(REFUSED);
  },
);

test.each(statements.filter((statement) => statement.inert !== undefined))(
  '$name stays without effect: $inert',
  async ({ text }) => {
    const before = await extensions();
    await refusal(text);
    expect(await extensions()).toEqual(before);
  },
);

function extensions(): Promise<readonly unknown[]> {
  const statement = sql`SELECT extension_name, CAST(loaded AS VARCHAR) AS loaded FROM duckdb_extensions() ORDER BY extension_name`;
  return db.query(statement, { extension_name: 'text', loaded: 'text' });
}

test('nothing of all this reached the listener, and the engine still answers', async () => {
  expect(await commands.listenerHits()).toEqual([]);
  expect(await db.query(sql`SELECT 6 * 7 AS answer`, { answer: 'integer' })).toEqual([{ answer: 42 }]);
});

test('the listener is heard when something does get out', async () => {
  await fetch(`http://127.0.0.1:${port}/control`).catch(() => undefined);
  expect(await commands.listenerHits()).toEqual([expect.stringContaining('GET /control')]);
});
