import fastCheck from 'fast-check';
import { expect, test } from 'vitest';
import { tokenizeSql } from '../../../src/ui/sql-tokens';

test('keywords, strings, numbers and comments are told apart', () => {
  const found = tokenizeSql(`SELECT "from" FROM t WHERE a = 'it''s' AND n1 > 4.5 -- end`).filter(
    ({ kind }) => kind !== 'plain',
  );
  expect(found).toEqual([
    { kind: 'keyword', text: 'SELECT' },
    { kind: 'keyword', text: 'FROM' },
    { kind: 'keyword', text: 'WHERE' },
    { kind: 'string', text: "'it''s'" },
    { kind: 'keyword', text: 'AND' },
    { kind: 'number', text: '4.5' },
    { kind: 'comment', text: '-- end' },
  ]);
});

test('the pieces joined are the text again, whatever it is', () => {
  fastCheck.assert(
    fastCheck.property(fastCheck.string({ unit: 'grapheme' }), (code) => {
      expect(
        tokenizeSql(code)
          .map((token) => token.text)
          .join(''),
      ).toBe(code);
    }),
  );
});
