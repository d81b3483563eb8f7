import { describe, expect, it } from 'vitest';
import { findCancelMarks } from '../../../../src/ingest/canonical/cancel-marks';
import { IdDictionary } from '../../../../src/ingest/columns/id-dictionary';

function marks(...ids: readonly string[]): number[] | null {
  const dictionary = new IdDictionary();
  for (const id of ids) dictionary.codeOf(new TextEncoder().encode(id), 0, id.length);
  const found = findCancelMarks(dictionary.pool());
  return found === null ? null : [...found];
}

describe('a leading C', () => {
  it('marks a cancellation where most order ids are digits', () => {
    expect(marks('536365', '536366', 'C536379', 'c1', '536380', '5', '6')).toEqual([0, 0, 1, 1, 0, 0, 0]);
  });

  it('is part of the id where most ids have it', () => expect(marks('C1', 'C2', '3')).toBeNull());

  it('needs a digit behind it', () => expect(marks('1', '2', 'C', 'CASH', 'A563187')).toBeNull());
});
