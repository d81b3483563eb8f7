import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePointsOf } from '../../../../src/kernels/identity/code-points';
import { damerauLevenshtein } from '../../../../src/kernels/identity/damerau-levenshtein';
import { jaro, jaroWinkler } from '../../../../src/kernels/identity/jaro-winkler';

const points = codePointsOf;
const edits = (a: string, b: string, most?: number): number => damerauLevenshtein(points(a), points(b), most);
const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '张', '𠮷'), maxLength: 8 });

describe('codePointsOf', () => {
  it('counts a character outside the basic plane once', () => {
    expect([...points('a𠮷张')]).toEqual([0x61, 0x20bb7, 0x5f20]);
  });
});

describe('jaroWinkler', () => {
  // Winkler (1994), Advanced methods for record linkage, table 1; printed there to three decimals.
  it.each([
    ['SHACKLEFORD', 'SHACKELFORD', 0.97, 0.982],
    ['DUNNINGHAM', 'CUNNIGHAM', 0.896, 0.896],
    ['NICHLESON', 'NICHULSON', 0.926, 0.956],
    ['JONES', 'JOHNSON', 0.79, 0.832],
    ['MASSEY', 'MASSIE', 0.889, 0.933],
    ['ABROMS', 'ABRAMS', 0.889, 0.922],
    ['MARHTA', 'MARTHA', 0.944, 0.961],
    ['JULIES', 'JULIUS', 0.889, 0.933],
    ['DWAYNE', 'DUANE', 0.822, 0.84],
    ['DIXON', 'DICKSONX', 0.767, 0.813],
  ])('%s and %s are as alike as Winkler printed', (a, b, plain, raised) => {
    expect(jaro(points(a), points(b))).toBeCloseTo(plain, 3);
    expect(jaroWinkler(points(a), points(b))).toBeCloseTo(raised, 3);
  });

  it('is 1 for equal texts, 0 where nothing is alike, and the same both ways', () => {
    expect(jaroWinkler(points(''), points(''))).toBe(1);
    expect(jaroWinkler(points(''), points('a'))).toBe(0);
    expect(jaroWinkler(points('abc'), points('xyz'))).toBe(0);
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const there = jaroWinkler(points(a), points(b));
        expect(there).toBeCloseTo(jaroWinkler(points(b), points(a)), 12);
        expect(there >= 0 && there <= 1).toBe(true);
        expect(there === 1).toBe(a === b);
      }),
    );
  });

  it('compares Chinese by character: one of two is shared', () => {
    // By hand: one match of two, none out of order, (1/2 + 1/2 + 1) / 3 = 2/3; one equal first sign adds a tenth of 1/3.
    expect(jaroWinkler(points('张三'), points('张山'))).toBeCloseTo(2 / 3 + 0.1 / 3, 12);
  });
});

/** The definition as it stands, without a table. */
function plainEdits(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Math.max(a.length, b.length);
  const [x, y] = [a.slice(0, -1), b.slice(0, -1)];
  const ways = [plainEdits(x, b) + 1, plainEdits(a, y) + 1, plainEdits(x, y) + (a.at(-1) === b.at(-1) ? 0 : 1)];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
    ways.push(plainEdits(a.slice(0, -2), b.slice(0, -2)) + 1);
  }
  return Math.min(...ways);
}

describe('damerauLevenshtein', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
    ['张三', '张山', 1],
    ['15412345678', '15412345687', 1],
    ['', 'abc', 3],
    ['same', 'same', 0],
  ])('%s and %s are %i apart', (a, b, expected) => {
    expect(edits(a, b)).toBe(expected);
  });

  it('is what the definition says, and with a bound no more than one above it', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '张', '𠮷'), maxLength: 5 });
    fc.assert(
      fc.property(short, short, fc.nat(6), (a, b, most) => {
        const plain = plainEdits([...a], [...b]);
        expect(edits(a, b)).toBe(plain);
        expect(edits(a, b, most)).toBe(Math.min(plain, most + 1));
      }),
    );
  });
});
