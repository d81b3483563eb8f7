import { safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { cleaningColumns } from '../../../../src/ingest/cleaning/columns';
import { planCleaning } from '../../../../src/ingest/cleaning/plan';
import {
  CLEANING_VERSION,
  cleaningSchema,
  holdsExpression,
  holdsValues,
  type CleaningStep,
  type StepAction,
} from '../../../../src/ingest/cleaning/step';

const step = (action: StepAction, id = 'a', on = true): CleaningStep => ({ id, on, action });

describe('cleaningColumns', () => {
  it('gives every column a name of its own, capitals and small letters being one', () => {
    expect(cleaningColumns([' 价格 ', '', 'a', 'A', 'a', 'a (2)']).map(({ key, name }) => `${key} ${name}`)).toEqual([
      'c0 价格',
      'c1 #2',
      'c2 a',
      'c3 A (2)',
      'c4 a (3)',
      'c5 a (2) (2)',
    ]);
  });
});

describe('planCleaning', () => {
  it('follows the columns through the steps and never gives a key twice', () => {
    const { steps, columns } = planCleaning(cleaningColumns(['a', 'b']), [
      step({ do: 'split', column: 'a', at: '-', into: ['x', 'y'], keep: false }),
      step({ do: 'compute', into: 'z', expression: 'x || y' }, 'b', false),
      step({ do: 'trim', columns: ['a'] }, 'c'),
      step({ do: 'join', columns: ['y', 'b'], between: '', into: 'X', keep: true }, 'd'),
      step({ do: 'join', columns: ['y', 'x'], between: '', into: 'a', keep: false }, 'e'),
    ]);
    expect(steps.map(({ state }) => state)).toEqual(['ready', 'off', 'mistaken', 'mistaken', 'ready']);
    expect(columns).toEqual([
      { key: 'c4', name: 'a' },
      { key: 'c1', name: 'b' },
    ]);
  });
});

describe('cleaningSchema', () => {
  it('takes back what was written, and nothing of another form', () => {
    const cleaning = { version: CLEANING_VERSION, steps: [step({ do: 'trim', columns: 'all' })] };
    const parse = (value: unknown): boolean => safeParse(cleaningSchema, value).success;
    expect(parse(JSON.parse(JSON.stringify(cleaning)))).toBe(true);
    expect(parse({ ...cleaning, version: 2 })).toBe(false);
    expect(parse({ ...cleaning, steps: [...cleaning.steps, ...cleaning.steps] })).toBe(false);
    expect(parse({ ...cleaning, steps: [{ id: 'a', on: true, action: { do: 'drop-table' } }] })).toBe(false);
    expect(parse({ ...cleaning, steps: [step({ do: 'trim', columns: [] })] })).toBe(false);
    const scale = { do: 'scale', column: 'a', factor: '1; DROP', units: [] };
    expect(parse({ ...cleaning, steps: [{ id: 'a', on: true, action: scale }] })).toBe(false);
  });

  it('tells the steps that hold values of the file, and those that run an expression', () => {
    const merge = step({ do: 'merge-spellings', column: 'a', groups: [{ to: 'x', from: ['y'] }] });
    const compute = step({ do: 'compute', into: 'a', expression: '1' });
    expect([merge, compute].map(holdsValues)).toEqual([true, false]);
    expect([merge, compute].map(holdsExpression)).toEqual([false, true]);
  });
});
