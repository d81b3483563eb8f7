const PREFIX_WEIGHT = 0.1;
const LONGEST_PREFIX = 4;

/**
 * Jaro's similarity of two texts given as code points, 0 (nothing alike) to 1 (equal): the mean of the
 * shares of matching signs in a and in b, and of matches that stand in the same order. Signs match when
 * equal and no farther apart than half the longer length less one. Two empty texts are equal: 1.
 *
 * @source Jaro (1989), Advances in record-linkage methodology, JASA 84(406), p. 416
 * Cost: O(|a| x |b|) at worst.
 */
export function jaro(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const usedA = new Uint8Array(a.length);
  const usedB = new Uint8Array(b.length);
  let matches = 0;
  for (let i = 0; i < a.length; i++) {
    const end = Math.min(b.length, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if (usedB[j] === 1 || a[i] !== b[j]) continue;
      usedA[i] = 1;
      usedB[j] = 1;
      matches++;
      break;
    }
  }
  if (matches === 0) return 0;
  let outOfOrder = 0;
  for (let i = 0, j = 0; i < a.length; i++) {
    if (usedA[i] === 0) continue;
    while (usedB[j] === 0) j++;
    if (a[i] !== b[j]) outOfOrder++;
    j++;
  }
  const transpositions = outOfOrder / 2;
  return (matches / a.length + matches / b.length + (matches - transpositions) / matches) / 3;
}

/**
 * Jaro's similarity raised by 0.1 of what is missing to 1 for each of up to four equal first signs.
 *
 * @source Winkler (1990), String comparator metrics and enhanced decision rules in the Fellegi-Sunter model
 */
export function jaroWinkler(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const similarity = jaro(a, b);
  const most = Math.min(LONGEST_PREFIX, a.length, b.length);
  let prefix = 0;
  while (prefix < most && a[prefix] === b[prefix]) prefix++;
  return similarity + prefix * PREFIX_WEIGHT * (1 - similarity);
}
