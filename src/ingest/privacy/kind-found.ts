import type { PersonalKind } from '../../core/personal-kinds';

/** What speaks for a kind: the role that was given, the name of the column, its values, or name and values. */
export const KIND_EVIDENCE = ['role', 'name', 'values', 'both'] as const;
type KindEvidence = (typeof KIND_EVIDENCE)[number];

/** A kind of personal data in a column. */
export interface KindFound {
  readonly kind: PersonalKind;
  /** Share of the filled cells looked at that are of the kind, 0..1; for `text`, that hold something personal. */
  readonly share: number;
  /** 0..1, how sure it is that the column holds such data. */
  readonly confidence: number;
  readonly evidence: KindEvidence;
}
