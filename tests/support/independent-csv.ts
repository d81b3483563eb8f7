/**
 * A CSV reader that shares nothing with the writer under test: a character machine after RFC 4180.
 * NULL is a cell without anything in it; "" is the empty text.
 */
export function readCsv(text: string): (string | null)[][] {
  const body = text.startsWith('\u{feff}') ? text.slice(1) : text;
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let cell = '';
  let state: 'start' | 'bare' | 'quoted' | 'after-quote' = 'start';
  const endCell = (): void => {
    row.push(state === 'start' ? null : cell);
    cell = '';
    state = 'start';
  };
  for (let i = 0; i < body.length; i++) {
    const character = body.charAt(i);
    if (state === 'quoted') {
      if (character !== '"') cell += character;
      else if (body.charAt(i + 1) === '"') cell += body.charAt(++i);
      else state = 'after-quote';
    } else if (character === ',') {
      endCell();
    } else if (character === '\r' && body.charAt(i + 1) === '\n') {
      endCell();
      rows.push(row);
      row = [];
      i++;
    } else if (character === '"' && state === 'start') {
      state = 'quoted';
    } else {
      if (state === 'after-quote' || character === '"' || character === '\r' || character === '\n') {
        throw new Error(`not RFC 4180 at character ${i}`);
      }
      state = 'bare';
      cell += character;
    }
  }
  if (row.length > 0 || state !== 'start') throw new Error('the last line does not end in CR LF');
  return rows;
}
