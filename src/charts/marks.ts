/** What a chart's tooltip says about one mark. */
export interface TipContent {
  readonly title: string;
  readonly lines: readonly TipLine[];
}

export interface TipLine {
  readonly label: string;
  readonly value: string;
  readonly color?: string | undefined;
}

/** The spoken name of a mark: title and lines in one sentence. */
export function spokenTip(content: TipContent): string {
  const lines = content.lines.map((line) => (line.label === '' ? line.value : `${line.label} ${line.value}`));
  return [content.title, ...lines].join(/\p{Script=Han}/u.test(content.title) ? '，' : ', ');
}

/** Where a mark stands for the arrow keys. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/**
 * The place an arrow key leads to: the next one in that direction in the same row or column, else the
 * nearest in the next row or column; Home and End the first and last of the row. undefined = no move.
 */
export function neighbour(key: string, from: GridPlace, places: readonly GridPlace[]): GridPlace | undefined {
  const along = (ahead: (place: GridPlace) => number, across: (place: GridPlace) => number): GridPlace | undefined =>
    places
      .filter((place) => ahead(place) > 0)
      .toSorted((a, b) => ahead(a) - ahead(b) || Math.abs(across(a)) - Math.abs(across(b)))[0];
  const down = (place: GridPlace): number => place.row - from.row;
  const right = (place: GridPlace): number => place.column - from.column;
  if (key === 'ArrowDown') return along(down, right);
  if (key === 'ArrowUp') return along((place) => -down(place), right);
  const row = places.filter((place) => place.row === from.row).toSorted((a, b) => a.column - b.column);
  if (key === 'ArrowRight') return row.find((place) => place.column > from.column);
  if (key === 'ArrowLeft') return row.findLast((place) => place.column < from.column);
  if (key === 'Home') return row[0];
  if (key === 'End') return row.at(-1);
  return undefined;
}
