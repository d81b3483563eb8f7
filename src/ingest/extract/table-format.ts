import { AppError } from '../../core/errors';
import { detectEncoding } from '../readers/encoding';
import { isGzip } from '../readers/file-kind';
import { facts, readSlice, type ReadOptions } from '../readers/read-slice';
import type { TableFormat } from './extract-contract';
import { readZipDirectory, type ZipEntry } from './zip-directory';

/** What a file is as it lies there: one of the formats, or a container around others. */
export type FileForm = TableFormat | 'archive' | 'gzip';

const HEAD_BYTES = 64 << 10;
/** What a JSON text can begin with behind its opening bracket. */
const JSON_START = /^(\{\s*(["}])|\[\s*[[\]{])/;
const JSON_NAME = /\.(json|jsonl|ndjson)(\.gz)?$/i;
const JSON_LINES_NAME = /\.(jsonl|ndjson)(\.gz)?$/i;
const MARKUP_START = /^<(!doctype|html|head|meta|style|body|table|div|\?xml|!--)/i;
const MARKUP_TABLE = /<table[\s>]|urn:schemas-microsoft-com:office:spreadsheet|mso-application/i;

const MAGICS: readonly { readonly form: FileForm; readonly bytes: readonly number[] }[] = [
  { form: 'parquet', bytes: [0x50, 0x41, 0x52, 0x31] },
  // Encrypted Parquet, which its reader refuses in words.
  { form: 'parquet', bytes: [0x50, 0x41, 0x52, 0x45] },
  { form: 'arrow', bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31] },
  // Feather 1, which its reader refuses in words.
  { form: 'arrow', bytes: [0x46, 0x45, 0x41, 0x31] },
  // The continuation mark of an Arrow stream; no text and no workbook begins so.
  { form: 'arrow', bytes: [0xff, 0xff, 0xff, 0xff] },
  // An OLE container: XLS, or an encrypted workbook of a later form.
  { form: 'workbook', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  // XLS of before Excel 5 without a container: BOF records of BIFF 2 to 5.
  { form: 'workbook', bytes: [0x09, 0x00, 0x04, 0x00] },
  { form: 'workbook', bytes: [0x09, 0x02, 0x06, 0x00] },
  { form: 'workbook', bytes: [0x09, 0x04, 0x06, 0x00] },
  { form: 'workbook', bytes: [0x09, 0x08, 0x08, 0x00] },
  { form: 'workbook', bytes: [0x09, 0x08, 0x10, 0x00] },
];

/**
 * What the file is, by its content; its name only settles whether a text is JSON lines. Anything
 * unknown is `delimited`: its reader tells text from binary. Throws `file-empty`, `file-damaged` for
 * a cut-off ZIP, `format-unsupported` for a text document or slides, `file-unreadable`, `cancelled`. Cost: 64 KB read, and a ZIP's directory.
 */
export async function detectForm(file: Blob, mostEntries: number, options: ReadOptions): Promise<FileForm> {
  if (file.size === 0) throw new AppError('file-empty', facts(options));
  const head = await readSlice(file, 0, HEAD_BYTES, options);
  if (isGzip(head)) return 'gzip';
  if (isZip(head)) return formOfZip(await readZipDirectory(file, mostEntries, options), options);
  return formOfHead(head, head.length === file.size, options.name ?? '');
}

/** The form of a file that is no ZIP and no .gz, from its first bytes. */
export function formOfHead(head: Uint8Array, isWhole: boolean, name: string): TableFormat | 'archive' {
  const found = MAGICS.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (found !== undefined && found.form !== 'gzip') return found.form;
  if (isZip(head)) return 'archive';
  const guess = detectEncoding([{ bytes: head, atStart: true, atEnd: isWhole }]);
  if (guess === null) return 'delimited';
  const text = new TextDecoder(guess.encoding).decode(head, { stream: true }).trimStart();
  if (MARKUP_START.test(text) && MARKUP_TABLE.test(text)) return 'workbook';
  if (JSON_LINES_NAME.test(name)) return 'json-lines';
  if (!JSON_START.test(text)) return JSON_NAME.test(name) && /^[[{]/.test(text) ? 'json' : 'delimited';
  return holdsOneLineAValue(text) ? 'json-lines' : 'json';
}

/** True when the first line is a value of its own and another one begins on the next. */
function holdsOneLineAValue(text: string): boolean {
  const end = text.indexOf('\n');
  if (end < 0 || !/^\s*[[{]/.test(text.slice(end))) return false;
  try {
    JSON.parse(text.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

export function isZip(head: Uint8Array): boolean {
  const isEntry = head[2] === 0x03 && head[3] === 0x04;
  const isEmpty = head[2] === 0x05 && head[3] === 0x06;
  return head[0] === 0x50 && head[1] === 0x4b && (isEntry || isEmpty);
}

function formOfZip(entries: readonly ZipEntry[], options: ReadOptions): 'workbook' | 'archive' {
  if (isWorkbook(entries)) return 'workbook';
  const kind = documentKind(entries);
  if (kind !== null) throw new AppError('format-unsupported', { ...facts(options), kind });
  return 'archive';
}

/** A document that is zipped as a workbook is and holds no tables that could be read; null for a plain archive. */
function documentKind(entries: readonly ZipEntry[]): string | null {
  const has = (start: string): boolean => entries.some(({ name }) => name.startsWith(start));
  if (has('word/document')) return 'DOCX';
  if (has('ppt/presentation')) return 'PPTX';
  return has('Index/Document.iwa') || has('Index.zip') ? 'Numbers' : null;
}

/** XLSX, XLSM and XLSB keep their parts under xl/; ODS has its own two names. */
export function isWorkbook(entries: readonly ZipEntry[]): boolean {
  const names = new Set(entries.map((entry) => entry.name.toLowerCase()));
  if (names.has('mimetype') && names.has('content.xml')) return true;
  return names.has('[content_types].xml') && [...names].some((name) => name.startsWith('xl/workbook.'));
}
