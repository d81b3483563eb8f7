import { describe, expect, it } from 'vitest';
import { describeKindColumns, type KindColumn } from '../../../../src/ingest/kinds/kind-column';
import { guessFeedbackType, guessKindRoles } from '../../../../src/ingest/kinds/kind-roles';
import type { RoleKind } from '../../../../src/ingest/kinds/kinds';
import { recogniseKind } from '../../../../src/ingest/kinds/recognise-kind';
import { previewFile } from '../../../../src/ingest/preview';
import { sampleFiles } from '../../../../src/samples/sample-files';
import { SAMPLES } from '../../../../src/samples/sample';

async function lookAt(blob: Blob, name = 'file.csv') {
  const preview = await previewFile(blob, name);
  const columns = describeKindColumns(preview.columns, preview.rows, preview.sampledRows, preview.dialect.hasHeader);
  const roles = preview.columns.map(({ role }) => role);
  return { columns, guess: recogniseKind(columns, roles) };
}

function csv(header: string | null, row: (i: number) => string, rows = 60): Blob {
  const lines = Array.from({ length: rows }, (_, i) => row(i));
  return new Blob([(header === null ? lines : [header, ...lines]).join('\n')]);
}

const day = (i: number): string => `2024-0${1 + (i % 9)}-${String(10 + (i % 18))}`;

/** The role of each column by its name, without the ignored ones. */
function rolesOf(columns: readonly KindColumn[], kind: RoleKind): Record<string, string> {
  const guesses = guessKindRoles(columns, kind);
  return Object.fromEntries(
    columns.flatMap(({ name }, i) => (guesses[i]?.role === 'ignore' ? [] : [[name, guesses[i]?.role ?? '']])),
  );
}

/** What the generator calls its files, as kinds; the truth is no file of a shop. */
const KIND_OF_SAMPLE: Readonly<Record<string, string>> = {
  orders: 'orders',
  members: 'members',
  events: 'events',
  feedback: 'feedback',
  external: 'series',
  campaigns: 'series',
  holidays: 'series',
};

describe('the kind of a file', { timeout: 60_000 }, () => {
  it.each(['en', 'zh'] as const)('is found for every file of the sample company in %s', async (locale) => {
    const files = sampleFiles('retail', { seed: 7, customers: 1000, asOf: SAMPLES.retail.asOf, locale });
    const found: [string, string][] = [];
    for (const file of files) {
      const kind = KIND_OF_SAMPLE[file.kind];
      if (kind === undefined) continue;
      const { guess } = await lookAt(new Blob([...file.chunks()]), file.name);
      found.push([file.kind, guess.kind]);
      expect(guess.confidence).toBeGreaterThan(0.7);
    }
    expect(found).toEqual(Object.entries(KIND_OF_SAMPLE));
  });

  it('is products where an id stands once beside what describes it', async () => {
    const { guess, columns } = await lookAt(
      csv(
        '商品编号,商品名称,品类,品牌,吊牌价,成本,上市日期',
        (i) => `SKU${i},茶杯${i},家居,品${i % 5},${i}.5,${i}.1,${day(i)}`,
      ),
    );
    expect(guess).toMatchObject({ kind: 'products', why: ['product-unique', 'product-columns'] });
    expect(rolesOf(columns, 'products')).toEqual({
      商品编号: 'productId',
      商品名称: 'productName',
      品类: 'category',
      品牌: 'brand',
      吊牌价: 'listPrice',
      成本: 'cost',
      上市日期: 'launchedAt',
    });
  });

  it('is order lines where neither a time nor a person stands beside the order', async () => {
    const { guess, columns } = await lookAt(
      csv('order_id,sku,qty,unit_price', (i) => `${1000 + (i >> 1)},P${i % 9},${1 + (i % 3)},${i}.50`),
    );
    expect(guess).toMatchObject({ kind: 'order-lines', why: ['lines-without-time'] });
    expect(rolesOf(columns, 'order-lines')).toEqual({
      order_id: 'orderId',
      sku: 'productId',
      qty: 'quantity',
      unit_price: 'unitPrice',
    });
    const baskets = await lookAt(
      csv('id,Goods', (i) => `${i >> 2},${['milk', 'bread', 'tea', 'rice', 'salt'][i % 5]}`),
    );
    expect(baskets.guess.kind).toBe('order-lines');
    expect(rolesOf(baskets.columns, 'order-lines')).toEqual({ id: 'orderId', Goods: 'productId' });
  });

  it('is orders rather than events where a log mostly holds purchases, and the other is offered', async () => {
    const log = (buys: number) =>
      csv(
        '用户ID,商品ID,行为类型,时间戳,售价',
        (i) => `${100 + (i % 30)},${i % 40},${i % 10 < buys ? 'buy' : 'pv'},${1_512_189_107 + i * 60},${i}.5`,
      );
    const bought = (await lookAt(log(9))).guess;
    expect(bought).toMatchObject({ kind: 'orders', why: ['mostly-purchases', 'purchases-with-price'] });
    expect(bought.runnersUp[0]).toMatchObject({ kind: 'events' });
    const looked = (await lookAt(log(2))).guess;
    expect(looked).toMatchObject({ kind: 'events' });
    expect(looked.runnersUp[0]).toMatchObject({ kind: 'orders', why: ['purchases-with-price'] });
  });

  it('is events without a header by the words of its values', async () => {
    const { guess, columns } = await lookAt(
      csv(
        null,
        (i) =>
          `${200_000 + (i % 30)},${3_000_000 + ((i * 7) % 41)},${['pv', 'pv', 'cart', 'fav', 'buy'][i % 5]},${1_511_544_070 + i * 977}`,
      ),
    );
    expect(guess).toMatchObject({ kind: 'events', why: ['event-names', 'event-column'] });
    expect(rolesOf(columns, 'events')).toEqual({
      '#1': 'customer',
      '#2': 'productId',
      '#3': 'event',
      '#4': 'occurredAt',
    });
  });

  it('is feedback by a score from 0 to 10, and the number of an answer names nobody', async () => {
    const { guess, columns } = await lookAt(
      csv(
        'ID,Market,Survey date,Customer Name,NPS',
        (i) => `${1000 + i},US,01/${10 + (i % 18)}/21,Krista Richards${i},${i % 11}`,
      ),
    );
    expect(guess).toMatchObject({ kind: 'feedback', why: ['score-range'] });
    expect(rolesOf(columns, 'feedback')).toEqual({ 'Survey date': 'givenAt', 'Customer Name': 'name', NPS: 'score' });
  });

  it('is a series for numbers by month, one of each column, and none for a list of people', async () => {
    const { guess, columns } = await lookAt(
      csv(
        'month,cpi,unemployment',
        (i) => `${2000 + Math.floor(i / 12)}-${String(1 + (i % 12)).padStart(2, '0')},${100 + i}.5,${i % 7}.1`,
      ),
    );
    expect(guess).toMatchObject({ kind: 'series', why: ['numbers-by-date'] });
    expect(rolesOf(columns, 'series')).toEqual({ month: 'date', cpi: 'value', unemployment: 'value' });
  });

  it('is left open where nothing is known', async () => {
    const { guess } = await lookAt(
      csv('colour,shape', (i) => `${['red', 'blue'][i % 2]},${['round', 'square', 'flat'][i % 3]}`),
    );
    expect(guess).toMatchObject({ kind: 'unused', why: ['nothing-known'] });
  });
});

describe('the roles of a file of its kind', () => {
  it('tell identities apart by their names and the form of their values', async () => {
    const { columns } = await lookAt(
      csv('客户编号,联系方式,微信OPENID,设备号,证件,性别,年龄,会员积分,入会日期', (i) => {
        const idCard = `11010119900${100 + (i % 900)}${String(1000 + i).slice(0, 4)}1`.slice(0, 18);
        return `C${i},138${String(10_000_000 + i)},o${String(i).padStart(27, 'x')},dev-${i},${idCard},${i % 2 === 0 ? '男' : '女'},${20 + (i % 50)},${i * 3},${day(i)}`;
      }),
    );
    expect(rolesOf(columns, 'members')).toMatchObject({
      客户编号: 'customer',
      联系方式: 'phone',
      微信OPENID: 'openid',
      设备号: 'device',
      性别: 'gender',
      年龄: 'age',
      会员积分: 'points',
      入会日期: 'registeredAt',
    });
  });

  it('leave a column out whose values are not of the role that its name suggests', async () => {
    const { columns } = await lookAt(
      csv('member_no,age,gender,registered_at', (i) => `M${i},${i % 2 === 0 ? 'young' : 'old'},f,soon`),
    );
    expect(rolesOf(columns, 'members')).toEqual({ member_no: 'member', gender: 'gender' });
  });

  it('say what a whole file of feedback is where no column does', async () => {
    const typeOf = async (header: string, row: (i: number) => string) => {
      const { columns } = await lookAt(csv(header, row));
      return guessFeedbackType(columns, guessKindRoles(columns, 'feedback'));
    };
    expect(await typeOf('date,member,NPS', (i) => `${day(i)},M${i},${i % 11}`)).toBe('nps');
    expect(await typeOf('评价时间,会员号,满意度', (i) => `${day(i)},M${i},${1 + (i % 5)}`)).toBe('csat');
    expect(await typeOf('date,member,score', (i) => `${day(i)},M${i},${i % 11}`)).toBeNull();
    expect(await typeOf('date,kind,NPS', (i) => `${day(i)},${i % 2 === 0 ? 'nps' : 'review'},${i % 11}`)).toBeNull();
  });
});
