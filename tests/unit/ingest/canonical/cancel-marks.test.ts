import { describe, expect, it } from 'vitest';
import { isCancelMark, marksCancel } from '../../../../src/ingest/canonical/cancel-marks';
import { poolOfTexts } from '../../../../src/ingest/canonical/text-pool';

function isMarked(id: string): boolean {
  const bytes = new TextEncoder().encode(`9${id}9`);
  return isCancelMark(bytes, 1, bytes.length - 1);
}

describe('an order id of the form of a cancellation', () => {
  it('has a C before a digit', () => {
    expect(['536365', 'C536379', 'c1', 'CASH', 'A563187', 'CC1'].map(isMarked)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('does not take the digit from the cell behind it', () => expect(isMarked('C')).toBe(false));
});

describe('a leading C', () => {
  it('marks a cancellation where most order ids begin with a digit', () => {
    expect(marksCancel(poolOfTexts(['536365', '536366', 'C536379']))).toBe(true);
  });

  it('is part of the id where half of them or more do not', () => {
    expect(marksCancel(poolOfTexts(['C1', 'C2', '3']))).toBe(false);
    expect(marksCancel(poolOfTexts(['C1', '3']))).toBe(false);
  });
});
