/** A run of text inside a block. `href` is kept only when it stays in the app (`#/...`). */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph' | 'quote'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string; readonly language: string }
  | {
      readonly kind: 'table';
      readonly header: readonly (readonly Inline[])[];
      readonly numeric: readonly boolean[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

const ITEM = /^\s*(?:[-*]|(\d+)[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*$/;

/**
 * Reads the subset of Markdown that method notes use: # headings, paragraphs, - and 1. lists (one
 * level), > quotes, fenced code, | tables |, **strong**, *emphasis*, `code` and links inside the app.
 * Everything else, HTML included, is text. Linear in the number of lines.
 */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    if (line.trim() === '') {
      index++;
      continue;
    }
    const end = endOfBlock(lines, index);
    blocks.push(readBlock(lines.slice(index, end)));
    index = end;
  }
  return blocks;
}

/** The line after the block that starts at `start`; always moves on. */
function endOfBlock(lines: readonly string[], start: number): number {
  const kind = kindOf(lines, start);
  if (kind === 'heading') return start + 1;
  if (kind === 'code') {
    const close = lines.findIndex((line, index) => index > start && line.startsWith('```'));
    return close === -1 ? lines.length : close + 1;
  }
  let end = start + 1;
  while (end < lines.length && (lines[end] ?? '').trim() !== '' && continues(kind, kindOf(lines, end))) end++;
  return end;
}

function continues(kind: Block['kind'], next: Block['kind']): boolean {
  // An indented or wrapped line of a list item reads as a paragraph of its own.
  return next === kind || (next === 'paragraph' && (kind === 'list' || kind === 'quote')) || kind === 'table';
}

function kindOf(lines: readonly string[], index: number): Block['kind'] {
  const line = lines[index] ?? '';
  if (line.startsWith('```')) return 'code';
  if (/^#{1,6}\s/.test(line)) return 'heading';
  if (line.startsWith('>')) return 'quote';
  if (ITEM.test(line)) return 'list';
  if (line.includes('|') && TABLE_RULE.test(lines[index + 1] ?? '')) return 'table';
  return 'paragraph';
}

function readBlock(lines: readonly string[]): Block {
  const first = lines[0] ?? '';
  switch (kindOf(lines, 0)) {
    case 'code': {
      const closed = lines.length > 1 && (lines.at(-1) ?? '').startsWith('```');
      return {
        kind: 'code',
        language: first.slice(3).trim(),
        text: lines.slice(1, closed ? -1 : undefined).join('\n'),
      };
    }
    case 'heading': {
      const level = /^#+/.exec(first)?.[0].length ?? 1;
      return { kind: 'heading', level, content: parseInline(first.slice(level).trim()) };
    }
    case 'quote':
      return { kind: 'quote', content: parseInline(joinLines(lines.map((line) => line.replace(/^>\s?/, '')))) };
    case 'list':
      return readList(lines);
    case 'table':
      return readTable(lines);
    default:
      return { kind: 'paragraph', content: parseInline(joinLines(lines)) };
  }
}

function readList(lines: readonly string[]): Block {
  const items: string[][] = [];
  let ordered = false;
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item === null) items.at(-1)?.push(line);
    else {
      if (items.length === 0) ordered = item[1] !== undefined;
      items.push([item[2] ?? '']);
    }
  }
  return { kind: 'list', ordered, items: items.map((item) => parseInline(joinLines(item))) };
}

function readTable(lines: readonly string[]): Block {
  const [header = '', rule = '', ...rows] = lines;
  const numeric = cells(rule).map((cell) => cell.endsWith(':'));
  return {
    kind: 'table',
    header: cells(header).map(parseInline),
    numeric,
    rows: rows.map((row) => cells(row).map(parseInline)),
  };
}

function cells(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Chinese lines join without a space, others with one. */
function joinLines(lines: readonly string[]): string {
  let text = '';
  for (const line of lines.map((part) => part.trim())) {
    const wide = /[\p{Script=Han}，。；：、）】」]$/u.test(text) && /^[\p{Script=Han}（【「]/u.test(line);
    text += text === '' || wide ? line : ` ${line}`;
  }
  return text;
}

/** An underscore inside a word is part of it. */
const INLINE =
  /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|(?<![\p{L}\p{N}_])_([^_\s][^_]*)_(?![\p{L}\p{N}_])|\[([^\]]+)\]\(([^)\s]+)\)/gu;

/** Splits a line into plain, strong, emphasised, code and link runs. Marks do not nest. */
export function parseInline(text: string): Inline[] {
  const runs: Inline[] = [];
  let end = 0;
  const plain = (piece: string): void => {
    if (piece !== '') runs.push({ kind: 'text', text: piece });
  };
  for (const match of text.matchAll(INLINE)) {
    plain(text.slice(end, match.index));
    end = match.index + match[0].length;
    const [whole, code, strong, starred, underscored, label, href] = match;
    const emphasis = starred ?? underscored;
    if (code !== undefined) runs.push({ kind: 'code', text: code });
    else if (strong !== undefined) runs.push({ kind: 'strong', text: strong });
    else if (emphasis !== undefined) runs.push({ kind: 'emphasis', text: emphasis });
    else if (label !== undefined && href?.startsWith('#') === true) runs.push({ kind: 'link', text: label, href });
    else plain(label ?? whole);
  }
  plain(text.slice(end));
  return runs;
}
