import { describe, expect, it } from 'vitest';
import { htmlReport, type Report, type ReportChart } from '../../../src/exports/html-report';
import { markup } from '../../../src/exports/markup';

const grid: ReportChart = {
  title: '谁在什么位置',
  subtitle: 'area: customers',
  note: 'Ask <b>Ann</b>\nbefore "June"',
  width: 'full',
  summary: 'Most are Champions.',
  drawing: markup`<svg role="img" aria-label="Most are Champions." viewBox="0 0 4 2" width="4"></svg>`,
  table: {
    columns: [
      { label: 'Segment', numeric: false },
      { label: 'Customers', numeric: true },
    ],
    rows: [
      ["Can't <lose>", '1,204'],
      ['Lost', 'withheld'],
    ],
    withheld: '1 row or cell withheld',
  },
};
const undrawn: ReportChart = {
  ...grid,
  title: 'Undrawn',
  subtitle: undefined,
  note: '',
  width: 'half',
  drawing: null,
  table: null,
};
const report: Report = {
  language: 'zh-CN',
  title: '周报 </title><script>steal()</script>',
  facts: [{ label: '数据集', value: 'orders & returns.csv' }],
  charts: [grid, undrawn],
  foot: 'Made by Silhouette',
};

describe('a report', () => {
  it('has every chart with its words, its note and its numbers, in order', async () => {
    const text = await htmlReport(report).text();
    const order = [
      '<html lang="zh-CN">',
      '<dt>数据集</dt><dd>orders &amp; returns.csv</dd>',
      '<section class="full">',
      '<h2>谁在什么位置</h2><p class="sub">area: customers</p>',
      '<svg role="img" aria-label="Most are Champions." viewBox="0 0 4 2" width="4"></svg>',
      '<p class="note">Ask &lt;b&gt;Ann&lt;/b&gt;\nbefore &quot;June&quot;</p>',
      '<th scope="col">Segment</th><th scope="col" class="number">Customers</th>',
      '<tr><td>Can&#39;t &lt;lose&gt;</td><td class="number">1,204</td></tr>',
      '<tr><td>Lost</td><td class="number">withheld</td></tr>',
      '<p class="sub">1 row or cell withheld</p>',
      '<section class="half">',
      '<h2>Undrawn</h2></figcaption>',
      '<p>Most are Champions.</p>',
      '<footer><p>Made by Silhouette</p></footer>',
    ];
    const places = order.map((piece) => text.indexOf(piece));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text.match(/<table/g)).toHaveLength(1);
  });

  it('is one file that can run nothing and fetch nothing', async () => {
    const blob = htmlReport(report);
    const text = await blob.text();
    expect(blob.type).toBe('text/html;charset=utf-8');
    expect(text).toContain('content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"');
    expect(text.match(/<script|<link|<img|<iframe|\son\w+=|(?:src|href)=|https?:|url\(|@import/gi)).toBeNull();
  });
});
