import { AppError } from '../../core/errors';
import { kindOfBuiltIn, kindOfFormat, type NumberKind } from './number-formats';
import type { XlsxPackage } from './xlsx-package';
import { decodeXml, readAttribute, type XmlHandlers } from './xml-scanner';

export const WORKBOOK_PART = 'xl/workbook.xml';
const STRINGS_PART = 'xl/sharedStrings.xml';
const STYLES_PART = 'xl/styles.xml';
/** A string of a worker's heap costs its characters and so much again; a gigabyte stays free for the rest. */
const MOST_STRING_CHARACTERS = 500_000_000;
const MOST_STRINGS = 30_000_000;

export interface XlsxSheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly path: string;
}

export interface XlsxBook {
  /** Worksheets in the order of their tabs; sheets that hold a chart or macros only are left out. */
  readonly sheets: readonly XlsxSheetPart[];
  readonly is1904: boolean;
}

const NO_TEXT = { wantsText: false, close: () => undefined, text: () => undefined } as const;

/** @source ECMA-376 part 1, 18.2.20 sheets, 18.2.28 workbookPr */
export async function readBook(parts: XlsxPackage): Promise<XlsxBook> {
  const targets = await readWorksheetPaths(parts);
  const sheets: XlsxSheetPart[] = [];
  let is1904 = false;
  await parts.read(WORKBOOK_PART, {
    ...NO_TEXT,
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = isTrue(readAttribute(attributes, 'date1904'));
      if (name !== 'sheet') return;
      const path = targets.get(relationId(attributes));
      if (path === undefined) return;
      const hidden = (readAttribute(attributes, 'state') ?? 'visible') !== 'visible';
      sheets.push({ name: readAttribute(attributes, 'name') ?? '', hidden, path });
    },
  });
  return { sheets, is1904 };
}

async function readWorksheetPaths(parts: XlsxPackage): Promise<ReadonlyMap<string, string>> {
  const paths = new Map<string, string>();
  await parts.read('xl/_rels/workbook.xml.rels', {
    ...NO_TEXT,
    open(name, attributes) {
      if (name !== 'Relationship') return;
      if (readAttribute(attributes, 'Type')?.endsWith('/worksheet') !== true) return;
      const target = readAttribute(attributes, 'Target') ?? '';
      paths.set(readAttribute(attributes, 'Id') ?? '', resolve(target));
    },
  });
  return paths;
}

/** The id stands under whatever prefix the writer gave the namespace of relationships. */
function relationId(attributes: string): string {
  return decodeXml(/\s[\w.-]+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '');
}

function resolve(target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path = ['xl'];
  for (const part of target.split('/')) {
    if (part === '..') path.pop();
    else if (part !== '.') path.push(part);
  }
  return path.join('/');
}

/** What the numbers of each cell style are, by the style's index. */
export async function readNumberKinds(parts: XlsxPackage): Promise<readonly NumberKind[]> {
  if (!parts.has(STYLES_PART)) return [];
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inCellFormats = false;
  await parts.read(STYLES_PART, {
    ...NO_TEXT,
    open(name, attributes) {
      if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) formats.push(Number(readAttribute(attributes, 'numFmtId') ?? 0));
      else if (name === 'numFmt') {
        codes.set(Number(readAttribute(attributes, 'numFmtId')), readAttribute(attributes, 'formatCode') ?? '');
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return formats.map((id) => {
    const code = codes.get(id);
    return code === undefined ? kindOfBuiltIn(id) : kindOfFormat(code);
  });
}

/** The texts that cells name by their index; phonetic readings are left out, rich text is its text. */
export async function readSharedStrings(parts: XlsxPackage, name: string): Promise<readonly string[]> {
  if (!parts.has(STRINGS_PART)) return [];
  const strings: string[] = [];
  const text = new RichText();
  let characters = 0;
  await parts.read(STRINGS_PART, {
    get wantsText() {
      return text.isOpen;
    },
    open: (tag) => text.open(tag),
    text: (raw) => text.add(raw),
    close(tag) {
      text.close(tag);
      if (tag !== 'si') return;
      const string = text.take();
      characters += string.length;
      if (characters > MOST_STRING_CHARACTERS || strings.length === MOST_STRINGS) {
        throw new AppError('over-limit', { name, what: 'inflatedBytes', limit: MOST_STRING_CHARACTERS });
      }
      strings.push(string);
    },
  } satisfies XmlHandlers);
  return strings;
}

/** Gathers the text of an `si` or `is` element from the `t` elements in it. */
export class RichText {
  #raw = '';
  #inText = false;
  #inPhonetic = false;

  get isOpen(): boolean {
    return this.#inText && !this.#inPhonetic;
  }

  open(tag: string): void {
    if (tag === 't') this.#inText = true;
    else if (tag === 'rPh') this.#inPhonetic = true;
  }

  close(tag: string): void {
    if (tag === 't') this.#inText = false;
    else if (tag === 'rPh') this.#inPhonetic = false;
  }

  add(raw: string): void {
    this.#raw += raw;
  }

  /** The text gathered; the next one begins empty. */
  take(): string {
    const text = plainText(this.#raw);
    this.#raw = '';
    return text;
  }
}

/** @source ECMA-376 part 1, 22.9.2.19 ST_Xstring: _xHHHH_ is the character of that code */
export function plainText(raw: string): string {
  const text = decodeXml(raw);
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([\da-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

export function isTrue(value: string | null): boolean {
  return value === '1' || value === 'true';
}
