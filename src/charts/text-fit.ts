const NARROW = /[iljtfrI.,:;'|!()[\]\s·-]/;
const WIDE_LATIN = /[mwMW@%]/;
const FULL = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;

/**
 * The width of a line in pixels, estimated from its characters without touching the page: a Chinese
 * character is one em, a Latin letter 0.42 to 0.92. Errs to the wide side for the system faces in use.
 */
export function estimateTextWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) {
    if (FULL.test(character)) ems += 1;
    else if (NARROW.test(character)) ems += 0.42;
    else if (WIDE_LATIN.test(character)) ems += 0.96;
    else if (/[A-Z]/.test(character)) ems += 0.7;
    else ems += 0.63;
  }
  return ems * fontSize;
}

/** The text, or its longest beginning that fits with an ellipsis; '' where not even one character does. */
export function fitText(text: string, width: number, fontSize: number): string {
  if (estimateTextWidth(text, fontSize) <= width) return text;
  const characters = Array.from(text);
  for (let kept = characters.length - 1; kept > 0; kept--) {
    const shorter = `${characters.slice(0, kept).join('').trimEnd()}…`;
    if (estimateTextWidth(shorter, fontSize) <= width) return shorter;
  }
  return '';
}

/** The widest of the texts, in estimated pixels. 0 for none. */
export function widestText(texts: readonly string[], fontSize: number): number {
  return texts.reduce((widest, text) => Math.max(widest, estimateTextWidth(text, fontSize)), 0);
}

/**
 * Moves label centres apart until neighbours are `gap` from each other, staying inside [low, high]
 * where there is room for all; order and, where nothing collides, position are kept. Input need not
 * be sorted; the answer is in input order. Where there is no room they are spread evenly.
 */
export function spreadLabels(centres: readonly number[], gap: number, low: number, high: number): number[] {
  const order = centres.map((_, index) => index).toSorted((a, b) => (centres[a] ?? 0) - (centres[b] ?? 0));
  const room = centres.length > 1 ? Math.min(gap, (high - low) / (centres.length - 1)) : gap;
  const placed = order.map((index) => Math.max(low, Math.min(high, centres[index] ?? 0)));
  for (let i = 1; i < placed.length; i++) placed[i] = Math.max(placed[i] ?? 0, (placed[i - 1] ?? 0) + room);
  let ceiling = high;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i] ?? 0, ceiling);
    ceiling = (placed[i] ?? 0) - room;
  }
  const result = new Array<number>(centres.length).fill(0);
  order.forEach((index, rank) => (result[index] = placed[rank] ?? 0));
  return result;
}
