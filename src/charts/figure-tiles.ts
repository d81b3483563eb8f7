/** One figure with what it was before and how it went. */
export interface FigureTile {
  readonly key: string;
  readonly label: string;
  /** Already formatted. */
  readonly value: string;
  /** The change against before, already formatted; undefined where there is nothing to compare with. */
  readonly change?: { readonly text: string; readonly direction: 'up' | 'down' | 'same' } | undefined;
  /** The figure before, as words for the tooltip. */
  readonly before?: { readonly label: string; readonly value: string } | undefined;
  /** Over time, in equal steps; null breaks the line. */
  readonly values: readonly (number | null)[];
}

export interface FigureTilesLayout {
  readonly tileWidth: number;
  readonly height: number;
  readonly tiles: readonly { readonly x: number; readonly y: number; readonly row: number; readonly column: number }[];
}

export const TILE_HEIGHT = 112;
const TILE_GAP = 16;
const LEAST_WIDTH = 126;

/** Places `count` tiles in rows of about equal length, each at least 126 px wide where there is the room. */
export function layoutFigureTiles(count: number, width: number): FigureTilesLayout {
  const most = Math.max(1, Math.min(count, Math.floor((width + TILE_GAP) / (LEAST_WIDTH + TILE_GAP))));
  const rows = Math.ceil(count / most);
  const columns = rows === 0 ? 1 : Math.ceil(count / rows);
  const tileWidth = Math.max(1, (width - (columns - 1) * TILE_GAP) / columns);
  return {
    tileWidth,
    height: Math.max(0, rows * (TILE_HEIGHT + TILE_GAP) - TILE_GAP),
    tiles: Array.from({ length: count }, (_, index) => {
      const row = Math.floor(index / columns);
      const column = index % columns;
      return { x: column * (tileWidth + TILE_GAP), y: row * (TILE_HEIGHT + TILE_GAP), row, column };
    }),
  };
}
