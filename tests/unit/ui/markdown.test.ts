import { expect, test } from 'vitest';
import { parseInline, parseMarkdown } from '../../../src/ui/markdown';

const text = (value: string): { kind: 'text'; text: string } => ({ kind: 'text', text: value });

test('a note is read into headings, paragraphs, lists, tables and code', () => {
  const source =
    '# Method\nOne line\nand its end.\n\n1. first\n2. second\n   goes on\n\n|a|b|\n|---|--:|\n|x|1|\n\n```sql\nSELECT 1\n\n-- two\n```\n> quoted';
  expect(parseMarkdown(source)).toEqual([
    { kind: 'heading', level: 1, content: [text('Method')] },
    { kind: 'paragraph', content: [text('One line and its end.')] },
    { kind: 'list', ordered: true, items: [[text('first')], [text('second goes on')]] },
    {
      kind: 'table',
      header: [[text('a')], [text('b')]],
      numeric: [false, true],
      rows: [[[text('x')], [text('1')]]],
    },
    { kind: 'code', language: 'sql', text: 'SELECT 1\n\n-- two' },
    { kind: 'quote', content: [text('quoted')] },
  ]);
});

test('Chinese lines join without a space', () => {
  expect(parseMarkdown('按名次\n五等分。\nRFM 分数')).toEqual([
    { kind: 'paragraph', content: [text('按名次五等分。 RFM 分数')] },
  ]);
});

test('marks inside a line are told apart, and code is taken literally', () => {
  expect(parseInline('a **b** *c* `d * e` 2 * 3 * 4')).toEqual([
    text('a '),
    { kind: 'strong', text: 'b' },
    text(' '),
    { kind: 'emphasis', text: 'c' },
    text(' '),
    { kind: 'code', text: 'd * e' },
    text(' 2 * 3 * 4'),
  ]);
});

test('underscores around words stress them as stars do, and inside a word they are part of it', () => {
  expect(parseInline('C. Gini, _Variabilità e mutabilità_, of customer_key and sale_lines')).toEqual([
    text('C. Gini, '),
    { kind: 'emphasis', text: 'Variabilità e mutabilità' },
    text(', of customer_key and sale_lines'),
  ]);
});

test('only links into the app are links; others keep their words', () => {
  expect(parseInline('[here](#/learn) and [there](javascript:alert)')).toEqual([
    { kind: 'link', text: 'here', href: '#/learn' },
    text(' and '),
    text('there'),
  ]);
});

test('HTML is text', () => {
  expect(parseInline('<img src=x onerror=alert(1)>')).toEqual([text('<img src=x onerror=alert(1)>')]);
});

test.each(['```never closed', '|a|\n|-|', '- ', '#', '> ', '| |\n|---|---|\n|'])('an unfinished %j ends', (source) => {
  expect(parseMarkdown(source).length).toBeGreaterThan(0);
});
