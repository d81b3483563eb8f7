import type {
  AccountName,
  AllowedValue,
  IdentityChoices,
  IdentityDecisions,
  KeyChoice,
  KeyKind,
  PairDecision,
} from './identity-choices';

/** What a change by hand makes of the choices: each returns the part that is another. */

export function withKey(keys: readonly KeyChoice[], key: KeyKind, change: Partial<Omit<KeyChoice, 'key'>>) {
  return keys.map((choice) => (choice.key === key ? { ...choice, ...change } : choice));
}

/** A key before (-1) or behind (+1) its neighbour among those that the page lists; null where it has none. */
export function withKeyMoved(
  keys: readonly KeyChoice[],
  key: KeyKind,
  step: -1 | 1,
  among: readonly KeyKind[],
): readonly KeyChoice[] | null {
  const neighbour = among[among.indexOf(key) + step];
  const moved = keys.find((choice) => choice.key === key);
  if (neighbour === undefined || moved === undefined) return null;
  const others = keys.filter((choice) => choice !== moved);
  const place = others.findIndex((choice) => choice.key === neighbour) + (step === 1 ? 1 : 0);
  return others.toSpliced(place, 0, moved);
}

export function withAllowed(
  decisions: IdentityDecisions,
  value: AllowedValue,
  isAllowed: boolean,
): IdentityChoices['decisions'] {
  const others = decisions.allowedValues.filter((one) => one.kind !== value.kind || one.value !== value.value);
  return { ...decisions, allowedValues: isAllowed ? [...others, value] : others };
}

/** Each account that leaves is different from each that stays; earlier decisions on the same two give way. */
export function withSplit(
  pairs: readonly PairDecision[],
  leaving: readonly AccountName[],
  staying: readonly AccountName[],
): readonly PairDecision[] {
  const decisions = leaving
    .flatMap((left) => staying.map((right) => pairOf(left, right, 'different')))
    .filter(({ left, right }) => left.length > 0 && right.length > 0);
  const replaced = new Set(decisions.map(pairKey));
  return [...pairs.filter((pair) => !replaced.has(pairKey(pair))), ...decisions];
}

/** A decision on two accounts in one order, so that the same two always make the same decision. */
export function pairOf(a: AccountName, b: AccountName, verdict: PairDecision['verdict']): PairDecision {
  const [left, right] = JSON.stringify(a) <= JSON.stringify(b) ? [a, b] : [b, a];
  return { left, right, verdict };
}

/** The accounts of a decision as one text. */
function pairKey({ left, right }: PairDecision): string {
  return JSON.stringify([left, right]);
}
