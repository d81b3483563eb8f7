import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.UTC(2024, 0, 1);
const DAYS = 730;

/** The day after the last one in the file. */
export const AS_OF = '2025-12-31';

/**
 * Writes the file of the benchmark unless it is there: order lines in the order of time, one to three
 * lines an order, ten lines a customer in the mean, some customers far more than others. The same
 * number of rows gives the same bytes.
 *
 * @param {string} path
 * @param {number} rows
 */
export async function writeOrderFile(path, rows) {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  const out = createWriteStream(partial);
  const uniform = createUniform(20_261_121);
  const customers = Math.max(1, Math.round(rows / 10));
  const orders = rows / 2;
  const products = 2000;
  let text = 'order_id,customer_id,ordered_at,product_id,quantity,amount\n';
  for (let order = 0, line = 0; line < rows; order++) {
    const atMs = FIRST_DAY_MS + Math.min(DAYS * DAY_MS - 1000, Math.floor((order / orders) * (DAYS - 1) * DAY_MS));
    const time = new Date(atMs).toISOString();
    const orderId = `${time.slice(0, 4)}${time.slice(5, 7)}${time.slice(8, 10)}${String(order).padStart(10, '0')}`;
    // Every customer buys now and then; a square makes some of them regulars.
    const customer = uniform() < 0.5 ? Math.floor(uniform() * customers) : Math.floor(uniform() ** 2 * customers);
    const head = `${orderId},C${10_000_000 + customer},${time.slice(0, 10)} ${time.slice(11, 19)},`;
    const lines = Math.min(rows - line, 1 + Math.floor(uniform() * 3));
    for (let i = 0; i < lines; i++) {
      const product = Math.floor(uniform() * products);
      const quantity = 1 + Math.floor(uniform() * 3);
      text += `${head}P${String(product).padStart(5, '0')},${quantity},${(5 + uniform() * 495).toFixed(2)}\n`;
    }
    line += lines;
    if (text.length > 4_000_000) {
      if (!out.write(text)) await new Promise((done) => out.once('drain', done));
      text = '';
    }
  }
  await new Promise((done, fail) => {
    out.on('error', fail);
    out.end(text, done);
  });
  renameSync(partial, path);
}

/** mulberry32: uniform in [0, 1), the same on every machine. */
function createUniform(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
