/**
 * How far two partitions of the same rows agree: 1 = the same groups, whatever they are called, 0 = as by chance.
 * Labels are whole numbers from 0.
 *
 * @source Hubert and Arabie (1985), Comparing partitions
 * Cost: n, and the product of the numbers of groups.
 */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  if (b.length !== n) throw new RangeError(`invalid labels: ${b.length} (needs as many as the other, ${n})`);
  const width = 1 + greatest(b);
  const cells = new Float64Array((1 + greatest(a)) * width);
  const rows = new Float64Array(1 + greatest(a));
  const columns = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    cells[a[i]! * width + b[i]!]!++;
    rows[a[i]!]!++;
    columns[b[i]!]!++;
  }
  const together = pairs(cells);
  const expected = (pairs(rows) * pairs(columns)) / Math.max(1, (n * (n - 1)) / 2);
  const most = (pairs(rows) + pairs(columns)) / 2;
  // Both put everything together, or both everything apart.
  if (most === expected) return 1;
  return (together - expected) / (most - expected);
}

function pairs(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}

function greatest(labels: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < labels.length; i++) most = Math.max(most, labels[i]!);
  return most;
}
