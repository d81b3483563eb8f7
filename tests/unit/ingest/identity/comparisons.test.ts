import { describe, expect, it } from 'vitest';
import { BLOCKING_RULES, blockCodes, blockOf } from '../../../../src/ingest/identity/blocking';
import { COMPARISONS, LEVELS, compareRecords, type LinkRecord } from '../../../../src/ingest/identity/comparisons';
import { nameChances } from '../../../../src/ingest/identity/linkage-model';
import { loadNameSounds } from '../../../../src/ingest/identity/name-sounds';

const sounds = await loadNameSounds();

function record(given: Partial<LinkRecord>): LinkRecord {
  const sound = given.name === undefined ? '' : sounds.of(given.name);
  return { name: '', sound, phone: '', birthday: '', email: '', city: '', ...given };
}

function levels(a: Partial<LinkRecord>, b: Partial<LinkRecord>): string[] {
  const row = new Uint8Array(COMPARISONS.length);
  compareRecords(record(a), record(b), row);
  return [...row].map((level, k) => (level === 0 ? 'missing' : LEVELS[COMPARISONS[k]!][level - 1]!));
}

describe('how names sound', () => {
  it.each([
    ['王小明', 'wang xiaoming'],
    ['xiaoming wang', 'wang xiaoming'],
    ['欧阳雨', 'ouyang yu'],
    ['单玉', 'shan yu'],
    ['Lü Wei', 'lu wei'],
    ['josé garcía', 'garcia jose'],
    ['', ''],
  ])('%j sounds as %j', (name, sound) => {
    expect(sounds.of(name)).toBe(sound);
  });
});

describe('compareRecords', () => {
  it.each([
    ['王小明', '王小明', 'same'],
    ['王雨', '王宇', 'sounds-same'],
    ['wang xiaoming', 'xiaoming wang', 'sounds-same'],
    ['王小明', 'xiaoming wang', 'sounds-same'],
    ['wang xiaoming', 'wang xiaomin', 'similar'],
    ['张三', '李四', 'different'],
  ])('the names %s and %s are %s', (a, b, expected) => {
    expect(levels({ name: a }, { name: b })[0]).toBe(expected);
  });

  it.each([
    ['15412345678', '15412345678', 'same'],
    ['15412345678', '15412345687', 'one-slip'],
    ['15412345678', '15412845678', 'one-slip'],
    ['15412345678', '1541234567', 'one-slip'],
    ['15412345678', '15412845687', 'two-slips'],
    ['15412345678', '16498765432', 'different'],
  ])('the telephones %s and %s are %s', (a, b, expected) => {
    expect(levels({ phone: a }, { phone: b })[1]).toBe(expected);
  });

  it.each([
    ['1990-03-07', '1990-03-07', 'same'],
    ['1990-03-07', '1990-07-03', 'slip'],
    ['1990-03-07', '1990-03-17', 'slip'],
    ['1990-03-17', '1990-03-71', 'slip'],
    ['1990-03-07', '1990-11-28', 'partly'],
    ['1990-03-07', '1968-03-07', 'partly'],
    ['1990-03-07', '1968-11-28', 'different'],
  ])('the birthdays %s and %s are: %s', (a, b, expected) => {
    expect(levels({ birthday: a }, { birthday: b })[2]).toBe(expected);
  });

  it('compares addresses and cities, and says where one is missing', () => {
    expect(levels({ email: 'ann@a.example', city: '上海' }, { email: 'ann@b.example', city: '上海' })).toEqual([
      'missing',
      'missing',
      'missing',
      'similar',
      'same',
    ]);
    expect(
      levels({ email: 'ann@a.example', city: 'Xi’an' }, { email: 'bob@b.example', city: '杭州' }).slice(3),
    ).toEqual(['different', 'different']);
  });
});

describe('blocking', () => {
  const whole = record({
    name: '王小明',
    phone: '15412345678',
    birthday: '1990-03-07',
    email: 'xiaoming@a.example',
    city: '上海',
  });

  it('lets a telephone with any one digit wrong share a block', () => {
    for (let place = 0; place < 11; place++) {
      const digit = String((Number(whole.phone.charAt(place)) + 5) % 10);
      const wrong = record({
        name: '王小明',
        phone: whole.phone.slice(0, place) + digit + whole.phone.slice(place + 1),
      });
      expect(
        BLOCKING_RULES.some((rule) => blockOf(rule, wrong) !== '' && blockOf(rule, wrong) === blockOf(rule, whole)),
      ).toBe(true);
    }
  });

  it('has no block where nothing is known, nor for addresses that strangers share', () => {
    expect(BLOCKING_RULES.map((rule) => blockOf(rule, record({})))).toEqual(BLOCKING_RULES.map(() => ''));
    expect(blockOf('email-name', record({ email: 'info@a.example' }))).toBe('');
  });

  it('numbers equal blocks alike', () => {
    const other = record({ name: '李四', birthday: '1980-01-01' });
    expect([...blockCodes('birthday', [whole, other, record({}), whole])]).toEqual([0, 1, -1, 0]);
  });
});

describe('nameChances', () => {
  it('is the share of people whose name sounds so, two at least', () => {
    const people = ['王雨', '王宇', '王玉', '张三', ''].map((name) => record(name === '' ? {} : { name }));
    const share = nameChances(people);
    expect(share(people[0]!)).toBe(3 / 4);
    expect(share(people[3]!)).toBe(2 / 4);
  });
});
