/**
 * The least number of code points to put in, take out, exchange or swap with their neighbour to get from
 * one text to the other (optimal string alignment: no part is edited twice). Infinity when it is more than
 * `most`. Cost: the product of the lengths.
 *
 * @source Boytsov, Indexing methods for approximate dictionary searching (2011), section 2.1
 */
export function editDistance(left: readonly string[], right: readonly string[], most: number): number {
  if (Math.abs(left.length - right.length) > most) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const exchange = (last[j - 1] as number) + (left[i - 1] === right[j - 1] ? 0 : 1);
      let least = Math.min(exchange, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      const isSwap = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (isSwap) least = Math.min(least, (beforeLast[j - 2] as number) + 1);
      row.push(least);
    }
    if (Math.min(...row) > most && Math.min(...last) > most) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = row;
  }
  const distance = last[right.length] as number;
  return distance > most ? Number.POSITIVE_INFINITY : distance;
}

/** 1 for equal texts, 0 for texts without anything in common: 1 - distance / the longer length. Below `least` it is 0. */
export function similarity(left: string, right: string, least = 0): number {
  const a = [...left];
  const b = [...right];
  const longer = Math.max(a.length, b.length);
  if (longer === 0) return 1;
  const distance = editDistance(a, b, Math.floor((1 - least) * longer + 1e-9));
  return distance === Number.POSITIVE_INFINITY ? 0 : 1 - distance / longer;
}
