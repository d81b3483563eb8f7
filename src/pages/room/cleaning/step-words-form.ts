import type { MistakeCode } from '../../../ingest/cleaning/expression/mistake';
import type { StepKind } from '../../../ingest/cleaning/step';
import type { KindGroup, ListField, TextField } from './step-fields';

/** The words that each language has for the steps. */
export interface StepWords {
  readonly kinds: Readonly<Record<StepKind, string>>;
  readonly hints: Readonly<Record<StepKind, string>>;
  readonly fields: Readonly<Record<TextField | ListField, string>>;
  readonly choices: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<KindGroup, string>>;
  readonly mistakes: Readonly<Record<MistakeCode, (found: string) => string>>;
}
