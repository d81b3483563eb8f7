import type { SampleStream } from '../../../src/samples/sample';

/** A file's whole text, decoded strictly by the platform; the mark stays in front. */
export function textOf(file: SampleStream): string {
  const decoder = new TextDecoder(file.encoding, { fatal: true, ignoreBOM: true });
  let text = '';
  for (const chunk of file.chunks()) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** The cells of every line, header first. Knows quotes, and nothing else about the files. */
export function cellsOf(text: string): string[][] {
  const lines = text.replace(/^\ufeff/, '').split('\r\n');
  if (lines.pop() !== '') throw new Error('the last line has no end');
  return lines.map((line) => (line.includes('"') ? quotedCells(line) : line.split(',')));
}

/** Enough for cells that neither are empty in quotes nor begin with a quote. */
function quotedCells(line: string): string[] {
  const parts = line.replaceAll('""', '\u0001').split('"');
  const joined = parts.map((part, i) => (i % 2 === 1 ? part.replaceAll(',', '\u0002') : part)).join('');
  return joined.split(',').map((cell) => cell.replaceAll('\u0001', '"').replaceAll('\u0002', ','));
}

/** Rows by column name, for well-formed files. */
export function recordsOf(text: string): Record<string, string>[] {
  const [header = [], ...rows] = cellsOf(text);
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}

/** '-12.05' -> -1205 without passing through a fraction. */
export function centsOf(amount: string): number {
  if (!/^-?\d+\.\d\d$/.test(amount)) throw new Error(`not an amount: ${amount}`);
  return Number(amount.replace('.', ''));
}

export function fileOfKind(files: readonly SampleStream[], kind: SampleStream['kind']): SampleStream {
  const file = files.find((candidate) => candidate.kind === kind);
  if (file === undefined) throw new Error(`no file of kind ${kind}`);
  return file;
}

export function fileNamed(files: readonly SampleStream[], name: string): SampleStream {
  const file = files.find((candidate) => candidate.name === name);
  if (file === undefined) throw new Error(`no file named ${name}`);
  return file;
}
