import { describe, expect, it } from 'vitest';
import type { StringPool } from '../../../../src/db/arrow-ipc';
import { NormalisedPool, poolOfTexts } from '../../../../src/ingest/canonical/text-pool';

function textsOf({ bytes, starts }: StringPool): string[] {
  const decoder = new TextDecoder();
  return Array.from({ length: starts.length - 1 }, (_, i) => decoder.decode(bytes.subarray(starts[i], starts[i + 1])));
}

describe('a normalised pool', () => {
  it('holds the texts of a pool in NFKC, each in its place, also those that come later', () => {
    const pool = new NormalisedPool();
    expect(textsOf(pool.of(poolOfTexts(['ＡＰＰ', 'APP', '①'])))).toEqual(['APP', 'APP', '1']);
    expect(textsOf(pool.of(poolOfTexts(['ＡＰＰ', 'APP', '①', '', '（好）'])))).toEqual([
      'APP',
      'APP',
      '1',
      '',
      '(好)',
    ]);
  });
});
