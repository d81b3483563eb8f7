import { integer, normal, oneOf, weighted } from '../distributions';
import { NumberList } from '../number-list';
import { Timeline } from '../timeline';
import type { RetailCompany } from './company';
import {
  COMPLAINT_TEXTS,
  FEEDBACK_KINDS,
  INQUIRY_TEXTS,
  REVIEW_TEXTS,
  type FeedbackKind,
  type Mood,
} from './feedback-texts';
import type { Person } from './people';
import { DAY_SECONDS } from './setting';
import type { Words } from './words';

/** What one person said after one order. */
export interface Feedback {
  readonly seconds: number;
  readonly order: number;
  readonly kind: FeedbackKind;
  /** nps 0..10, csat and review 1..5; null for a complaint or an inquiry. */
  readonly score: number | null;
  readonly text: Words | null;
}

/** The share of orders with a member number that somebody says something about. */
export const ANSWER_SHARE = 0.09;

/** Weights in the order of FEEDBACK_KINDS. */
const pickKind = weighted([4, 2.5, 2, 0.5, 1]);
/** The displeased complain six times as often. */
const pickKindUnhappy = weighted([4, 2.5, 2, 3, 1]);

/** Everything said, in the order of time. Orders without a member number have no one to say it. */
export function* feedbackOf(company: RetailCompany): Generator<Feedback> {
  const timeline = new Timeline();
  const orders = new NumberList();
  for (let index = 0; index < company.orderCount; index++) {
    const random = company.setting.streams('feedback', index);
    if (random() >= ANSWER_SHARE) continue;
    const seconds = company.timeOf(index) + (1 + integer(random, 5)) * DAY_SECONDS + integer(random, 3600);
    if (seconds >= company.setting.window.days * DAY_SECONDS) continue;
    timeline.add(seconds, orders.length);
    orders.push(index);
  }
  for (const { seconds, entry } of timeline.entries()) {
    const index = orders.get(entry);
    const order = company.order(index);
    if (order.membership !== null && !order.cancelled) yield drawFeedback(company, index, seconds);
  }
}

function drawFeedback(company: RetailCompany, order: number, seconds: number): Feedback {
  const person = company.person(company.buyerOf(order));
  const random = company.setting.streams('answer', order);
  const ten = drawScore(person, normal(random));
  const kind = FEEDBACK_KINDS[(isUnhappy(person) ? pickKindUnhappy : pickKind)(random)] ?? 'nps';
  const five = Math.max(1, Math.round(ten / 2));
  const mood: Mood = ten >= 8 ? 'good' : ten >= 6 ? 'mixed' : 'bad';
  switch (kind) {
    case 'nps':
      return { seconds, order, kind, score: ten, text: random() < 0.2 ? oneOf(random, REVIEW_TEXTS[mood]) : null };
    case 'csat':
      return { seconds, order, kind, score: five, text: null };
    case 'review':
      return { seconds, order, kind, score: five, text: oneOf(random, REVIEW_TEXTS[mood]) };
    case 'complaint':
      return { seconds, order, kind, score: null, text: oneOf(random, COMPLAINT_TEXTS) };
    case 'inquiry':
      return { seconds, order, kind, score: null, text: oneOf(random, INQUIRY_TEXTS) };
  }
}

const isUnhappy = (person: Person): boolean => person.type.satisfaction < 5;

/** The answer 0..10: the type's mean and a spread of 1.6, rounded and held to the scale. */
function drawScore(person: Person, deviation: number): number {
  return Math.min(10, Math.max(0, Math.round(person.type.satisfaction + 1.6 * deviation)));
}
