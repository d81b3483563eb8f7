import { createRandom } from '../../core/random';
import type { LinkageModel } from '../../kernels/identity/fellegi-sunter';
import { COMPARISONS, START_CHANCES, compareRecords, type LinkRecord } from './comparisons';

/** Pairs drawn, and a fixed seed: the same records give the same model. */
const SAMPLED_PAIRS = 100_000;
const SAMPLE_SEED = 1969;

/**
 * The model for any two records in place of two that share a block: what a match looks like (m) as it was
 * estimated, how alike strangers are (u) as all pairs show it, and the matches found as a share of all
 * pairs. In a block strangers are alike by its very making, which would make a name and a birthday in
 * common look like little.
 *
 * @source the division of labour is that of Splink (Linacre et al. 2022): u from pairs at large, m by EM on blocked pairs
 */
export function modelAtLarge(model: LinkageModel, blockedPairs: number, records: readonly LinkRecord[]): LinkageModel {
  const n = records.length;
  const allPairs = (n * (n - 1)) / 2;
  if (allPairs === 0) return model;
  const matches = Math.max(1, model.prior * blockedPairs);
  const prior = Math.min(0.5, matches / allPairs);
  const strangers = strangersChances(records);
  return { ...model, prior, comparisons: model.comparisons.map(({ m }, k) => ({ m, u: strangers[k]! })) };
}

/**
 * By comparison, how often strangers show each level: that two values are equal is counted, the other
 * levels are sampled. One that never showed counts as half a pair of the sample.
 */
function strangersChances(records: readonly LinkRecord[]): readonly Float64Array[] {
  const random = createRandom(SAMPLE_SEED);
  const counts = COMPARISONS.map((comparison) => new Float64Array(START_CHANCES[comparison].u.length));
  const row = new Uint8Array(COMPARISONS.length);
  const n = records.length;
  for (let drawn = 0; drawn < SAMPLED_PAIRS; drawn++) {
    const a = Math.floor(random() * n);
    const b = (a + 1 + Math.floor(random() * (n - 1))) % n;
    compareRecords(records[a]!, records[b]!, row);
    for (let k = 0; k < counts.length; k++) counts[k]![row[k]!]!++;
  }
  return counts.map((levels, k) => {
    const least = 0.5 / SAMPLED_PAIRS;
    const same = Math.max(least, equalShare(records, COMPARISONS[k]!));
    const others = levels.map((count, level) => (level <= 1 ? 0 : count + 0.5));
    const total = others.reduce((sum, count) => sum + count, 0);
    return others.map((count, level) => (level === 0 ? 1 : level === 1 ? same : ((1 - same) * count) / total));
  });
}

/** The share of pairs, among records that know the fact, that are equal in it. */
function equalShare(records: readonly LinkRecord[], fact: (typeof COMPARISONS)[number]): number {
  const counts = new Map<string, number>();
  let known = 0;
  for (const record of records) {
    if (record[fact] === '') continue;
    known++;
    counts.set(record[fact], (counts.get(record[fact]) ?? 0) + 1);
  }
  let equal = 0;
  for (const count of counts.values()) equal += count * (count - 1);
  return known < 2 ? 0 : equal / (known * (known - 1));
}

/** The share of people with a name that sounds as the record's; two at least, so that a unique name is no proof. */
export function nameChances(records: readonly LinkRecord[]): (record: LinkRecord) => number {
  const counts = new Map<string, number>();
  let known = 0;
  for (const { sound } of records) {
    if (sound === '') continue;
    known++;
    counts.set(sound, (counts.get(sound) ?? 0) + 1);
  }
  return ({ sound }) => Math.max(2, counts.get(sound) ?? 0) / Math.max(2, known);
}
