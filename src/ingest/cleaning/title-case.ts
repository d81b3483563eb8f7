const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu;

/** Each word with a capital first and small letters behind: "o'BRIEN and co" is "O'brien And Co". */
export function titleCase(text: string): string {
  return text.replace(WORD, (word) => {
    const [first = '', ...rest] = [...word];
    return first.toUpperCase() + rest.join('').toLowerCase();
  });
}
