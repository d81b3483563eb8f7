/** What ended and what was still going on at one age. Ages ascending, each once. */
export interface Ages {
  readonly ages: Float64Array;
  /** How many ended at the age. */
  readonly ended: Float64Array;
  /** How many were last seen at the age, still going on. */
  readonly open: Float64Array;
}

/**
 * The Kaplan-Meier share that has ended by each age, 0..1, with those still going on counted for as long as they were
 * seen: 1 - prod (1 - ended / atRisk). What ended at an age did so before what was last seen at it.
 *
 * Source: E. L. Kaplan, P. Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958). Cost: one pass.
 * Throws RangeError where the arrays differ in length or ages do not ascend.
 */
export function endedShares({ ages, ended, open }: Ages): Float64Array {
  if (ended.length !== ages.length || open.length !== ages.length)
    throw new RangeError(`invalid ages: ${ages.length}, ${ended.length}, ${open.length} (need one length)`);
  let atRisk = 0;
  for (let i = 0; i < ages.length; i++) atRisk += (ended[i] ?? 0) + (open[i] ?? 0);
  const shares = new Float64Array(ages.length);
  let going = 1;
  for (let i = 0; i < ages.length; i++) {
    if (i > 0 && !((ages[i] ?? 0) > (ages[i - 1] ?? 0)))
      throw new RangeError(`invalid age: ${ages[i]} after ${ages[i - 1]} (needs to ascend)`);
    const now = ended[i] ?? 0;
    if (atRisk > 0) going *= 1 - now / atRisk;
    shares[i] = 1 - going;
    atRisk -= now + (open[i] ?? 0);
  }
  return shares;
}
