import { describe, expect, it } from 'vitest';
import { spellingClusters } from '../../../../src/ingest/cleaning/spelling/clusters';
import { editDistance, similarity } from '../../../../src/ingest/cleaning/spelling/edit-distance';
import { loadPinyin } from '../../../../src/ingest/cleaning/spelling/pinyin';

const values = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([text, rows]) => ({ text, rows }));

/** target <- variant (reason), ... */
function written(clusters: ReturnType<typeof spellingClusters>): readonly string[] {
  return clusters.map(
    ({ target, variants }) =>
      `${target.text} <- ${variants.map(({ text, reason }) => `${text} (${reason})`).join(', ')}`,
  );
}

describe('editDistance', () => {
  const distance = (a: string, b: string, most = 9): number => editDistance([...a], [...b], most);

  it('counts what is put in, taken out, exchanged and swapped, by code points', () => {
    expect(distance('', 'abc')).toBe(3);
    expect(distance('kitten', 'sitting')).toBe(3);
    expect(distance('shanghai', 'shangahi')).toBe(1);
    // The known difference of optimal string alignment to the full distance, which is 2.
    expect(distance('ca', 'abc')).toBe(3);
    expect(distance('张三', '张山')).toBe(1);
    expect(distance('𠮷野家', '吉野家')).toBe(1);
  });

  it('gives up past the most that is asked for, and not before', () => {
    expect(distance('abcdef', 'uvwxyz', 3)).toBe(Number.POSITIVE_INFINITY);
    expect(distance('abcdef', 'abcxyz', 3)).toBe(3);
    expect(distance('abcdef', 'bacdfe', 2)).toBe(2);
    expect(distance('a', 'abcd', 2)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is a share of the longer text as a similarity', () => {
    expect(similarity('hangzhou', 'hangzou')).toBe(1 - 1 / 8);
    expect(similarity('', '')).toBe(1);
    expect(similarity('abcde', 'abcdx', 0.8)).toBe(0.8);
    expect(similarity('abcde', 'abcxx', 0.8)).toBe(0);
  });
});

describe('spellingClusters', () => {
  it('takes case, width, blanks and marks for one spelling, around the most frequent', () => {
    const found = spellingClusters(values({ 'App Store': 5, 'app-store': 9, ＡＰＰＳＴＯＲＥ: 1, Web: 3 }));
    expect(written(found)).toEqual(['app-store <- App Store (form), ＡＰＰＳＴＯＲＥ (form)']);
  });

  it('takes a city with and without its rank for one, but not a province and a city of one name', () => {
    expect(written(spellingClusters(values({ 上海: 5, 上海市: 9, 广西壮族自治区: 2, 广西: 1 })))).toEqual([
      '上海市 <- 上海 (place)',
      '广西壮族自治区 <- 广西 (place)',
    ]);
    expect(spellingClusters(values({ 吉林省: 5, 吉林市: 4, 吉林: 3 }))).toEqual([]);
    expect(spellingClusters(values({ 市: 5, 省: 4 }))).toEqual([]);
  });

  it('knows usual short names when both stand in the column', () => {
    expect(written(spellingClusters(values({ 上海: 9, SH: 2, 北京: 8, bj: 1, XL: 3 })))).toEqual([
      '上海 <- SH (known)',
      '北京 <- bj (known)',
    ]);
  });

  it('joins a name in letters to the Chinese one of its sound, and never two Chinese ones', async () => {
    const pinyinOf = await loadPinyin();
    const counts = values({ 上海市: 9, Shanghai: 3, 'hang zhou': 2, 杭州: 8, 尚海: 4 });
    expect(written(spellingClusters(counts, pinyinOf))).toEqual([
      '上海市 <- Shanghai (pinyin)',
      '杭州 <- hang zhou (pinyin)',
    ]);
    expect(spellingClusters(counts)).toEqual([]);
  });

  it('takes a rare slip of the pen for the frequent word, but no short word and no other number', () => {
    expect(written(spellingClusters(values({ Electronics: 90, Electronisc: 2, Elektronics: 3, Garden: 50 })))).toEqual([
      'Electronics <- Elektronics (similar), Electronisc (similar)',
    ]);
    expect(spellingClusters(values({ 上海: 90, 上饶: 1, cat: 50, car: 1 }))).toEqual([]);
    expect(spellingClusters(values({ 'Store 12': 90, 'Store 13': 2, 'Store 1': 1 }))).toEqual([]);
    expect(spellingClusters(values({ Kitchen: 50, Kitchin: 40 }))).toEqual([]);
  });

  it('never chains: what is like a variant but not like the target stays apart', () => {
    const found = spellingClusters(values({ abcdefghij: 100, abcdefghxy: 10, abcdefwxyz: 2 }));
    expect(written(found)).toEqual(['abcdefghij <- abcdefghxy (similar)']);
  });

  it('finds all spellings of a place whichever is the most frequent, and takes a tie for the Chinese one', async () => {
    const pinyinOf = await loadPinyin();
    expect(written(spellingClusters(values({ SH: 8, 上海: 8, 上海市: 8, shanghai: 3 }), pinyinOf))).toEqual([
      '上海 <- 上海市 (place), SH (known), shanghai (pinyin)',
    ]);
    expect(written(spellingClusters(values({ SH: 9, 上海市: 8, ' 上海': 8 }), pinyinOf))).toEqual([
      'SH <- 上海市 (known),  上海 (place)',
    ]);
  });

  it('keeps signs that tell things apart', () => {
    expect(spellingClusters(values({ 'C++': 5, C: 4, 'C#': 2 }))).toEqual([]);
  });
});
