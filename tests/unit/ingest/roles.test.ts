import { describe, expect, test } from 'vitest';
import { normaliseName } from '../../../src/ingest/column-names';
import { previewFile } from '../../../src/ingest/preview';

/** The role of each column by its name, without the ignored ones. */
async function rolesOf(text: string): Promise<Record<string, string>> {
  const preview = await previewFile(new Blob([text]), 'orders.csv');
  return Object.fromEntries(
    preview.columns.filter((each) => each.role !== 'ignore').map((each) => [each.name, each.role]),
  );
}

function csv(header: string, row: (i: number) => string, rows = 60): string {
  return [header, ...Array.from({ length: rows }, (_, i) => row(i))].join('\n');
}

function day(i: number): string {
  return `2024-0${1 + (i % 9)}-${String(10 + (i % 18))}`;
}

describe('a guessed role', () => {
  test('comes from Chinese names: a shop platform’s order export', async () => {
    const text = csv(
      '订单编号,买家会员名,商品ID,品类,购买数量,单价,总金额,买家实际支付金额,订单状态,收货地址 ,订单创建时间,订单付款时间 ,退款金额,支付方式,渠道',
      (i) =>
        `${9000 + i},买家${i % 20},SKU${i % 7},鞋类,${1 + (i % 3)},59.90,${100 + i}.5,${90 + i}.5,交易成功,上海,${day(i)} 10:00:00,${i % 5 === 0 ? '' : `${day(i)} 10:01:00`},0.0,支付宝,小程序`,
    );
    expect(await rolesOf(text)).toEqual({
      订单编号: 'orderId',
      买家会员名: 'customerId',
      商品ID: 'productId',
      品类: 'category',
      购买数量: 'quantity',
      单价: 'unitPrice',
      买家实际支付金额: 'amount',
      订单状态: 'status',
      收货地址: 'city',
      订单创建时间: 'orderedAt',
      退款金额: 'refundAmount',
      支付方式: 'payment',
      渠道: 'channel',
    });
  });

  test('comes from English names: the columns of the Online Retail set', async () => {
    const text = csv(
      'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
      (i) =>
        `${536_000 + i},85${i % 9}A,"LAMP, ""BIG""",${1 + (i % 12)},12/${1 + (i % 28)}/2010 8:26,2.55,${i % 6 === 0 ? '' : 17_850 + (i % 11)},United Kingdom`,
    );
    expect(await rolesOf(text)).toEqual({
      InvoiceNo: 'orderId',
      StockCode: 'productId',
      Quantity: 'quantity',
      InvoiceDate: 'orderedAt',
      UnitPrice: 'unitPrice',
      CustomerID: 'customerId',
      Country: 'city',
    });
  });

  test.each([
    ['会员卡号', '消费时间', '实收金额(元)'],
    ['openid', '下单时间', '实付金额'],
    ['手机号', '支付时间', '支付金额'],
    ['Member ID', 'Order Date', 'Total Paid'],
    ['cumid', 'time', 'amount'],
    ['USER-ID', 'purchased at', 'Revenue'],
    ['ｃｕｓｔｏｍｅｒ＿ｉｄ', '日期', '销售额'],
    ['unionid', 'created_at', 'net_amount'],
  ])('reads %s, %s and %s as customer, time and amount', async (customer, time, amount) => {
    const text = csv(`${customer},${time},${amount}`, (i) => `13800${1000 + (i % 17)},${day(i)},${i}.50`);
    expect(await rolesOf(text)).toEqual({ [customer]: 'customerId', [time]: 'orderedAt', [amount]: 'amount' });
  });

  test('is given once: the member’s id before the phone, the amount paid before the listed one', async () => {
    const text = csv(
      '手机号,会员号,应付金额,实付金额,日期',
      (i) => `1390000${i % 9},M${i % 9},${i}.9,${i}.5,${day(i)}`,
    );
    expect(await rolesOf(text)).toEqual({ 会员号: 'customerId', 实付金额: 'amount', 日期: 'orderedAt' });
  });

  test('goes, of two times named as well, to the one that every row has', async () => {
    const text = csv('用户ID,交易时间,下单时间,金额', (i) => `${i % 9},${i % 2 === 0 ? '' : day(i)},${day(i)},5.5`);
    expect(await rolesOf(text)).toEqual({ 用户ID: 'customerId', 下单时间: 'orderedAt', 金额: 'amount' });
  });

  test('needs values that fit: an amount in words and a time that is none stay ignored', async () => {
    const text = csv('customer_id,order_date,amount', (i) => `${i % 9},soon,about ${i}`);
    expect(await rolesOf(text)).toEqual({ customer_id: 'customerId' });
  });

  test('does not mistake a birthday, a registration, a discount or a level', async () => {
    const text = csv(
      '会员号,生日,注册时间,优惠金额,会员等级,积分',
      (i) => `M${i % 9},1990-01-0${1 + (i % 9)},${day(i)},5.5,金卡,10`,
    );
    expect(await rolesOf(text)).toEqual({ 会员号: 'customerId' });
  });

  test('is not forced on a survey', async () => {
    const text = csv('ID,Market,Survey date,Customer Name,NPS', (i) => `${1000 + i},US,25/12/21,Ann ${i},${i % 11}`);
    const preview = await previewFile(new Blob([text]), 'nps.csv');
    expect(await rolesOf(text)).toEqual({ 'Survey date': 'orderedAt' });
    expect(preview.missing).toEqual(['customer', 'amount']);
  });

  test('is not forced on baskets of ids and goods', async () => {
    const text = csv('id,Goods', (i) => `${1 + Math.floor(i / 3)},牛奶${i % 5}`);
    const preview = await previewFile(new Blob([text]), 'baskets.csv');
    expect(await rolesOf(text)).toEqual({ Goods: 'productId' });
    expect(preview.missing).toEqual(['customer', 'time', 'amount']);
  });

  test('misses only the amount in a file of behaviour', async () => {
    const text = csv(
      '用户ID,商品ID,行为类型,时间戳',
      (i) => `${700 + (i % 9)},${40 + (i % 7)},buy,${1_512_000_000 + i * 997}`,
    );
    const preview = await previewFile(new Blob([text]), 'behaviour.csv');
    expect(await rolesOf(text)).toEqual({
      用户ID: 'customerId',
      商品ID: 'productId',
      行为类型: 'status',
      时间戳: 'orderedAt',
    });
    expect(preview.missing).toEqual(['amount']);
  });

  test('needs no amount where pieces and their price are there', async () => {
    const text = csv('客户编号,日期,数量,单价', (i) => `K${i % 9},${day(i)},${1 + (i % 4)},19.9`);
    const preview = await previewFile(new Blob([text]), 'lines.csv');
    expect(preview.missing).toEqual([]);
  });

  test('comes from values alone where there is no header', async () => {
    const text = Array.from({ length: 200 }, (_, i) => {
      const customer = String(Math.floor(i / 3)).padStart(5, '0');
      return ` ${customer} ${String(i % 60).padStart(4, '0')} 1997${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}  ${1 + (i % 5)}   ${(10 + i * 0.37).toFixed(2)}`;
    }).join('\r\n');
    const preview = await previewFile(new Blob([text]), 'panel.txt');
    expect(preview.dialect).toEqual({ encoding: 'utf-8', delimiter: 'whitespace', hasHeader: false });
    expect(preview.columns.map((each) => [each.name, each.role])).toEqual([
      ['#1', 'customerId'],
      ['#2', 'ignore'],
      ['#3', 'orderedAt'],
      ['#4', 'quantity'],
      ['#5', 'amount'],
    ]);
    expect(preview.columns[0]?.examples[0]).toBe('00000');
  });

  test('is surer the better the name', async () => {
    const preview = await previewFile(
      new Blob([csv('会员号,日期,金额', (i) => `M${i % 9},${day(i)},${i}.5`)]),
      'a.csv',
    );
    const [customer, time, amount] = preview.columns.map((each) => each.confidence);
    expect(customer).toBe(1);
    expect(time).toBe(0.85);
    expect(amount).toBe(0.9);
  });
});

describe('a normalised name', () => {
  test('has no case, no marks, no unit in brackets and no full-width forms', () => {
    expect(normaliseName(' Customer_ID ')).toBe('customerid');
    expect(normaliseName('实付金额（元）')).toBe('实付金额');
    expect(normaliseName('ＯｒｄｅｒＮｏ．')).toBe('orderno');
    expect(normaliseName('[USD] Total-Amount')).toBe('totalamount');
  });
});
