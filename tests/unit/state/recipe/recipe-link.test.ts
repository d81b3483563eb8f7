import { deflateSync, strToU8 } from 'fflate';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isRecipeLink, linkHash, LONGEST_LINK, readLink } from '../../../../src/state/recipe/recipe-link';

it('carries any JSON there and back in characters that need no escape', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (json) => {
      const hash = linkHash(json);
      expect(hash).toMatch(/^#\/recipe\/[\w-]+$/);
      expect(readLink(hash ?? '')).toEqual(JSON.parse(JSON.stringify(json)));
    }),
    { numRuns: 200 },
  );
});

it('gives no link that would be cut on its way', () => {
  const noise = Array.from({ length: 4000 }, (_, i) => (i * 2654435761) % 4294967291);
  expect(linkHash(noise)).toBeNull();
  const small = linkHash(Array.from({ length: 40_000 }, () => '同一城市'));
  expect(small?.length).toBeLessThan(LONGEST_LINK);
});

it('refuses what is no link, is damaged, or is cut short', () => {
  const hash = linkHash({ name: '剪影', steps: [1, 2, 3] }) ?? '';
  expect(isRecipeLink('#/rfm')).toBe(false);
  for (const wrong of ['#/rfm', '', '#/recipe/', '#/recipe/!!!', hash.slice(0, -8), `${hash.slice(0, 20)}AAAA`]) {
    expect(() => readLink(wrong), wrong).toThrow(RangeError);
  }
});

it('refuses a link that inflates to more than a recipe can be', () => {
  const bomb = deflateSync(strToU8(JSON.stringify('0'.repeat(3 << 20))), { level: 9 });
  const packed = Buffer.from(bomb).toString('base64url');
  expect(() => readLink(`#/recipe/${packed}`)).toThrow(RangeError);
});
