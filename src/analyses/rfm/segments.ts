/** How customers are named: the 11 segments, or the 8 classes of high and low R, F, M. */
export const NAMINGS = ['segments', 'classes'] as const;
export type Naming = (typeof NAMINGS)[number];

export const SEGMENT_IDS = [
  'champions',
  'loyal',
  'cant-lose',
  'potential-loyalist',
  'new',
  'promising',
  'needs-attention',
  'about-to-sleep',
  'at-risk',
  'hibernating',
  'lost',
] as const;

/** Named by R, F and M in turn: high value R↑F↑M↑, keep R↓F↑M↑, develop R↑F↓M↑, win back R↓F↓M↑; the same with M↓. */
export const CLASS_IDS = [
  'high-value',
  'key-keep',
  'key-develop',
  'key-win-back',
  'general-value',
  'general-keep',
  'general-develop',
  'potential',
] as const;

export type SegmentId = (typeof SEGMENT_IDS)[number] | (typeof CLASS_IDS)[number];

/** Groups that no rule names: a cell without a rule, and customers without a purchase in scope. */
export const UNASSIGNED = 'unassigned';
export const PROSPECTS = 'prospects';
export type GroupId = SegmentId | typeof UNASSIGNED | typeof PROSPECTS;

export const GROUP_ORDER: Readonly<Record<Naming, readonly GroupId[]>> = {
  segments: [...SEGMENT_IDS, UNASSIGNED, PROSPECTS],
  classes: [...CLASS_IDS, UNASSIGNED, PROSPECTS],
};

/**
 * Valuable customers who stopped coming: what the verdict warns of. Which group is meant follows
 * from the names, so it holds for edited rules too.
 */
export const QUIET_AND_VALUABLE: readonly SegmentId[] = ['cant-lose', 'at-risk', 'key-keep', 'key-win-back'];

/**
 * A colour that stays with its group on every page, from the categories that were chosen to be told
 * apart with any colour vision (ui/tokens.css). Groups of both namings that mean alike share one.
 */
export const GROUP_COLORS: Readonly<Record<GroupId, string>> = {
  champions: 'var(--seg-1)',
  loyal: 'var(--seg-2)',
  'cant-lose': 'var(--seg-9)',
  'potential-loyalist': 'var(--seg-3)',
  new: 'var(--seg-4)',
  promising: 'var(--seg-5)',
  'needs-attention': 'var(--seg-6)',
  'about-to-sleep': 'var(--seg-7)',
  'at-risk': 'var(--seg-8)',
  hibernating: 'var(--seg-10)',
  lost: 'var(--seg-11)',
  'high-value': 'var(--seg-1)',
  'key-keep': 'var(--seg-9)',
  'key-develop': 'var(--seg-2)',
  'key-win-back': 'var(--seg-8)',
  'general-value': 'var(--seg-3)',
  'general-keep': 'var(--seg-6)',
  'general-develop': 'var(--seg-4)',
  potential: 'var(--seg-11)',
  unassigned: 'var(--ink-3)',
  prospects: 'var(--seg-12)',
};
