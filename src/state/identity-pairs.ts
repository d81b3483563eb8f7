import type { AccountName, PairDecision } from '../ingest/identity/identity-choices';

/** A decision on two accounts in one order, so that the same two always make the same decision. */
export function pairOf(a: AccountName, b: AccountName, verdict: PairDecision['verdict']): PairDecision {
  const [left, right] = JSON.stringify(a) <= JSON.stringify(b) ? [a, b] : [b, a];
  return { left, right, verdict };
}

/** The accounts of a decision as one text. */
export function pairKey({ left, right }: PairDecision): string {
  return JSON.stringify([left, right]);
}
