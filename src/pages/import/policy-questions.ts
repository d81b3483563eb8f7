import type { Format } from '../../i18n/format';
import type { Policy, PolicyGroup } from '../../ingest/import-contract';
import type { policyMessages } from './policy-messages';

type Texts = ReturnType<(typeof policyMessages)['build']['en']>;

/** One answer to a question of the policy, with what it does in this file. */
export interface PolicyAnswer {
  readonly label: string;
  readonly effect: string;
  readonly chosen: boolean;
  /** What choosing it changes. */
  readonly change: Partial<Policy>;
}

/** A question of the policy. */
export interface PolicyQuestion {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** False when nothing in the file depends on the answer. */
  readonly applies: boolean;
  /** The lines it is about; null where they cannot be counted apart. */
  readonly about: Pick<PolicyGroup, 'rows' | 'orders' | 'amount'> | null;
  readonly answers: readonly PolicyAnswer[];
}

/** The questions of the policy in the order of the screen, with money printed to the dataset's scale. */
export function policyQuestions(
  policy: Policy,
  groups: readonly PolicyGroup[],
  money: (amount: number) => string,
  m: Texts,
): readonly PolicyQuestion[] {
  const find = (group: PolicyGroup['group']): PolicyGroup | null => groups.find((each) => each.group === group) ?? null;
  const returned = returnedLines(policy, groups);
  const [cancel, zero, sameDay, unknown] = [find('cancel-mark'), find('zero'), find('same-day'), find('unidentified')];
  const size = (amount: number): string => money(Math.abs(amount));
  return [
    {
      id: 'returns',
      title: m.returnsTitle,
      text: m.returnsText,
      applies: returned !== null,
      about: returned,
      answers: [
        answer(policy, { returns: 'net' }, m.returnsNet, m.returnsNetEffect(size(returned?.amount ?? 0))),
        answer(policy, { returns: 'ignore' }, m.returnsIgnore, m.returnsIgnoreEffect(size(returned?.amount ?? 0))),
      ],
    },
    {
      id: 'cancel',
      title: m.cancelTitle,
      text: m.cancelText,
      applies: cancel !== null,
      about: cancel,
      answers: [
        answer(policy, { cancelMarks: 'return' }, m.cancelReturn, m.cancelReturnEffect(cancel?.rows ?? 0)),
        answer(policy, { cancelMarks: 'sale' }, m.cancelSale, m.cancelSaleEffect(money(cancel?.amount ?? 0))),
      ],
    },
    {
      id: 'zero',
      title: m.zeroTitle,
      text: m.zeroText,
      // An order whose lines were all returned comes to nothing without any line of nothing.
      applies: zero !== null || returned !== null,
      about: zero,
      answers: [
        answer(policy, { zeroOrders: 'leave-out' }, m.zeroLeaveOut, m.zeroLeaveOutEffect),
        answer(policy, { zeroOrders: 'count' }, m.zeroCount, m.zeroCountEffect(zero?.orders ?? 0)),
      ],
    },
    {
      id: 'same-day',
      title: m.sameDayTitle,
      text: m.sameDayText,
      applies: sameDay !== null,
      about: sameDay,
      answers: [
        answer(policy, { sameDay: 'separate' }, m.sameDaySeparate, m.sameDaySeparateEffect(sameDay?.orders ?? 0)),
        answer(policy, { sameDay: 'merge' }, m.sameDayMerge, m.sameDayMergeEffect),
      ],
    },
    {
      id: 'unidentified',
      title: m.unknownTitle,
      text: m.unknownText,
      applies: unknown !== null,
      about: unknown,
      answers: [
        answer(
          policy,
          { unidentified: 'leave-out' },
          m.unknownLeaveOut,
          m.unknownLeaveOutEffect(money(unknown?.amount ?? 0)),
        ),
        answer(policy, { unidentified: 'one-each' }, m.unknownOneEach, m.unknownOneEachEffect(unknown?.orders ?? 0)),
      ],
    },
  ];
}

/** Money to the decimals the dataset keeps; a single one is written as two, as money is. */
export function moneyOf(f: Format, scale: number): (amount: number) => string {
  return (amount) => f.decimal(amount, scale === 1 ? 2 : scale);
}

/**
 * The lines that the returns rule is about. Negative lines where there are any; a file may instead
 * mark its returns only by status, with positive amounts.
 */
function returnedLines(policy: Policy, groups: readonly PolicyGroup[]): PolicyQuestion['about'] {
  const negative = groups.find((each) => each.group === 'negative');
  if (negative !== undefined) return negative;
  const byStatus = groups.filter((each) => each.group === 'status' && policy.statusClasses[each.value] === 'return');
  const marked = policy.cancelMarks === 'return' ? groups.filter((each) => each.group === 'cancel-mark') : [];
  const all = byStatus.length > 0 ? byStatus : marked;
  if (all.length === 0) return null;
  const sum = (of: (group: PolicyGroup) => number): number => all.reduce((total, each) => total + of(each), 0);
  return { rows: sum((each) => each.rows), orders: sum((each) => each.orders), amount: sum((each) => each.amount) };
}

function answer(policy: Policy, change: Partial<Policy>, label: string, effect: string): PolicyAnswer {
  const chosen = Object.entries(change).every(([key, value]) => policy[key as keyof Policy] === value);
  return { label, effect, chosen, change };
}
