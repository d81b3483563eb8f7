/** A box in viewport pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Where a popover of `size` goes beside `anchor`: under it, or over it where there is no room below,
 * aligned to its start or end edge, and always inside the viewport. Returns left and top in pixels.
 */
export function placePopover(
  anchor: Box,
  size: Size,
  viewport: Size,
  align: 'start' | 'end' = 'start',
  gap = 4,
): { left: number; top: number } {
  const wanted = align === 'start' ? anchor.left : anchor.right - size.width;
  const left = Math.max(gap, Math.min(wanted, viewport.width - size.width - gap));
  const below = anchor.bottom + gap;
  const above = anchor.top - gap - size.height;
  const fitsBelow = below + size.height <= viewport.height - gap;
  const top = fitsBelow || above < gap ? below : above;
  return { left, top: Math.max(gap, Math.min(top, viewport.height - size.height - gap)) };
}
