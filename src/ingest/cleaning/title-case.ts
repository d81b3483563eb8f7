const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu;

/** Each word with a capital first and small letters behind: "o'BRIEN and co" is "O'brien And Co". */
export function titleCase(text: string): string {
  return text.replace(WORD, (word) => {
    const [first = '', ...rest] = [...word];
    // The capital of one letter may be several (ß, ﬁ), of which only the first is written large.
    const [capital = '', ...more] = [...first.toUpperCase()];
    return capital + [...more, ...rest].join('').toLowerCase();
  });
}
