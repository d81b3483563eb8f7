/**
 * The least number of insertions, deletions, substitutions and swaps of neighbours that turn a into b,
 * no part edited twice (optimal string alignment). Texts are given as code points, so that a Chinese
 * character counts as one where a byte distance counts three. Once every way costs more than `most`
 * the answer is `most + 1`.
 *
 * @source Damerau (1964), A technique for computer detection and correction of spelling errors; the
 *   recurrence is that of Boytsov (2011), Indexing methods for approximate dictionary searching, 2.2
 * Cost: O(|a| x |b|).
 */
export function damerauLevenshtein(a: ArrayLike<number>, b: ArrayLike<number>, most = Number.MAX_SAFE_INTEGER): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const width = b.length + 1;
  let before = new Int32Array(width);
  let last = Int32Array.from({ length: width }, (_, j) => j);
  let row = new Int32Array(width);
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j < width; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      }
      row[j] = cost;
      if (cost < least) least = cost;
    }
    // A swap reaches back two rows, but a row is at most one above the one before it.
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return Math.min(last[width - 1] as number, most + 1);
}
