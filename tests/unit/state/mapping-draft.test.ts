import { describe, expect, it } from 'vitest';
import {
  draftFromGuess,
  draftFromMemory,
  openOrderQuestion,
  redraft,
  withNumberFormat,
  withRole,
  withTimeFormat,
  withZone,
} from '../../../src/state/mapping-draft';
import { column, transactions } from './scripted-import';

const roles = (draft: { columns: readonly { role: string }[] }): string[] => draft.columns.map((each) => each.role);

describe('a role', () => {
  it('moves to the column that is given it, and the column that had it is left out and named', () => {
    const preview = transactions();
    const draft = withRole(draftFromGuess(preview, 0), preview, 3, 'customerId');
    expect(roles(draft)).toEqual(['ignore', 'orderedAt', 'amount', 'customerId']);
    expect(draft.displaced).toEqual({ column: 0, role: 'customerId' });
  });

  it('of "left out" may stand on any number of columns', () => {
    const preview = transactions();
    const once = withRole(draftFromGuess(preview, 0), preview, 0, 'ignore');
    const twice = withRole(once, preview, 1, 'ignore');
    expect(roles(twice)).toEqual(['ignore', 'ignore', 'amount', 'ignore']);
    expect(twice.displaced).toBeNull();
  });

  it('given again to the column that has it takes it from nobody', () => {
    const preview = transactions();
    expect(withRole(draftFromGuess(preview, 0), preview, 2, 'amount').displaced).toBeNull();
  });

  it('that reads numbers or times brings a format where the guess had none', () => {
    const preview = transactions();
    const asTime = withRole(draftFromGuess(preview, 0), preview, 3, 'orderedAt');
    const asNumber = withRole(draftFromGuess(preview, 0), preview, 3, 'quantity');
    expect(asTime.columns[3]).toEqual({ role: 'orderedAt', timeFormat: 'ymd', numberFormat: null });
    expect(asNumber.columns[3]).toEqual({ role: 'quantity', timeFormat: null, numberFormat: 'point' });
  });
});

describe('the order of day and month', () => {
  const preview = transactions({
    columns: [column(0, 'when', { role: 'orderedAt', type: 'time', timeFormat: 'dmy', timeOrderUnclear: true })],
  });

  it('is asked until a format is chosen, even when the guess is chosen', () => {
    const draft = draftFromGuess(preview, 0);
    expect(openOrderQuestion(draft, preview)?.name).toBe('when');
    expect(openOrderQuestion(withTimeFormat(draft, 0, 'dmy'), preview)).toBeNull();
  });

  it('is not asked of a column that is no time', () => {
    expect(openOrderQuestion(withRole(draftFromGuess(preview, 0), preview, 0, 'ignore'), preview)).toBeNull();
  });

  it('is not asked again of a file that was mapped before', () => {
    const remembered = {
      dialect: preview.dialect,
      columns: [{ role: 'orderedAt', timeFormat: 'mdy', numberFormat: null }],
      zoneOffsetMinutes: 60,
    } as const;
    const draft = draftFromMemory(preview, remembered);
    expect(draft?.columns[0]?.timeFormat).toBe('mdy');
    expect(draft === null ? 'no draft' : openOrderQuestion(draft, preview)).toBeNull();
  });
});

describe('a remembered mapping', () => {
  it('with another number of columns is not used', () => {
    const remembered = { dialect: transactions().dialect, columns: [], zoneOffsetMinutes: 0 };
    expect(draftFromMemory(transactions(), remembered)).toBeNull();
  });

  it('keeps its roles and takes the guessed format where the values are written otherwise this time', () => {
    const preview = transactions({
      columns: [
        column(0, 'who', { role: 'customerId' }),
        column(1, 'when', { role: 'ignore', timeFormat: 'mdy', examples: ['01/13/2024', '01/14/2024'] }),
        column(2, 'paid', { role: 'amount', numberFormat: 'comma', examples: ['1.234,50'] }),
        column(3, 'also', { role: 'amount', timeFormat: 'ymd', numberFormat: 'point', examples: ['5'] }),
      ],
    });
    const draft = draftFromMemory(preview, {
      dialect: preview.dialect,
      columns: [
        { role: 'customerId', timeFormat: null, numberFormat: null },
        { role: 'orderedAt', timeFormat: 'ymd', numberFormat: null },
        { role: 'amount', timeFormat: null, numberFormat: 'point' },
        { role: 'quantity', timeFormat: null, numberFormat: 'comma' },
      ],
      zoneOffsetMinutes: 0,
    });
    expect(draft?.columns).toEqual([
      { role: 'customerId', timeFormat: null, numberFormat: null },
      { role: 'orderedAt', timeFormat: 'mdy', numberFormat: null },
      { role: 'amount', timeFormat: null, numberFormat: 'comma' },
      { role: 'quantity', timeFormat: null, numberFormat: 'comma' },
    ]);
  });

  it('no longer counts as recognised once anything is changed', () => {
    const preview = transactions();
    const guess = draftFromGuess(preview, 0);
    const known = draftFromMemory(preview, { dialect: preview.dialect, columns: guess.columns, zoneOffsetMinutes: 0 });
    if (known === null) throw new Error('the mapping fits');
    expect(known.recognised).toBe(true);
    expect(withRole(known, preview, 3, 'city').recognised).toBe(false);
    expect(withNumberFormat(known, 2, 'comma').recognised).toBe(false);
    expect(withZone(known, 60).recognised).toBe(false);
  });
});

describe('a second look at the file', () => {
  it('takes the new guesses except for the columns a person had settled, and keeps roles unique', () => {
    const before = transactions();
    const draft = withRole(draftFromGuess(before, 480), before, 3, 'city');
    const after = transactions({
      columns: [
        column(0, 'x', { role: 'orderId' }),
        column(1, 'y', { role: 'city' }),
        column(2, 'z', { role: 'amount' }),
        column(3, 'w', { role: 'channel' }),
      ],
    });
    expect(roles(redraft(draft, after))).toEqual(['orderId', 'ignore', 'amount', 'city']);
  });

  it('starts from the guesses when the columns are no longer the same in number', () => {
    const before = transactions();
    const draft = withRole(draftFromGuess(before, 480), before, 3, 'city');
    const after = transactions({ columns: [column(0, 'x', { role: 'amount' })] });
    expect(roles(redraft(draft, after))).toEqual(['amount']);
    expect(redraft(draft, after).zoneOffsetMinutes).toBe(480);
  });
});
