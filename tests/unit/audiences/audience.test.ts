import { describe, expect, test } from 'vitest';
import { freeName, nameMistake, nextAudienceId, tidyName, type Audience } from '../../../src/audiences/audience';

const named = (...names: string[]): Audience[] =>
  names.map((name, i) => ({
    id: `a${i + 1}`,
    name,
    created: '2024-01-01',
    origin: { title: name, statement: 'SELECT 1' },
    count: 1,
    savedCount: 1,
  }));

describe('The name of an audience', () => {
  test('Blanks around it and runs of blanks inside it do not count.', () => {
    expect(tidyName(' \u3000Very\n  important\t')).toBe('Very important');
    expect(nameMistake('VERY \t important', named('Very important'))).toBe('taken');
  });

  test('A free name is the wanted one, or the first number after it that nobody has.', () => {
    expect(freeName('VIP', named('Quiet'))).toBe('VIP');
    expect(freeName('vip', named('VIP', 'VIP 2', 'VIP 4'))).toBe('vip 3');
  });

  test('A free name leaves room for its number, cut between characters.', () => {
    const wanted = '𠮷'.repeat(80);
    const name = freeName(wanted, named('𠮷'.repeat(56)));
    expect(name).toBe(`${'𠮷'.repeat(56)} 2`);
    expect(nameMistake(name, [])).toBeNull();
  });

  test('Nothing to make a name of is left empty, to be filled in.', () => {
    expect(freeName('  ', named('VIP'))).toBe('');
  });
});

test('Ids go up from the highest, whatever else stands there.', () => {
  expect(nextAudienceId([])).toBe('a1');
  expect(nextAudienceId(['a2', 'a10', 'x99', 'a', ''])).toBe('a11');
});
