import { strToU8, zipSync, type Zippable } from 'fflate';

/** A cell's inside as the file writes it; `shared` is put among the shared strings. */
export type WrittenCell =
  | { readonly shared: string }
  | { readonly inline: string }
  | { readonly number: string; readonly format?: string }
  | { readonly boolean: boolean }
  | { readonly error: string }
  | { readonly formula: string; readonly result?: string; readonly isText?: boolean }
  | { readonly xml: string };

export interface WrittenSheet {
  readonly name: string;
  /** null is no cell; an empty array a row that is not written at all. */
  readonly rows: readonly (readonly (WrittenCell | null)[])[];
  readonly merges?: readonly string[];
  readonly state?: 'hidden' | 'veryHidden';
  readonly dimension?: string;
  readonly kind?: 'worksheet' | 'chartsheet';
}

export interface WrittenBook {
  readonly sheets: readonly WrittenSheet[];
  readonly is1904?: boolean;
  /** Written before the names of all spreadsheet elements, as some libraries do: `x:row`. */
  readonly prefix?: string;
  /** False leaves out the references of rows and cells, as some libraries do. */
  readonly references?: boolean;
}

export const shared = (text: string): WrittenCell => ({ shared: text });
export const number = (written: string, format?: string): WrittenCell => ({
  number: written,
  ...(format !== undefined && { format }),
});

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** An XLSX file put together from XML by hand, so that no library's idea of the form is tested against itself. */
export function writeXlsxFile(book: WrittenBook): Uint8Array<ArrayBuffer> {
  return new Uint8Array(zipSync(xlsxParts(book)));
}

export function xlsxParts({ sheets, is1904 = false, prefix = '', references = true }: WrittenBook): Zippable {
  const strings: string[] = [];
  const formats: string[] = [];
  const tag = prefix === '' ? '' : `${prefix}:`;
  const namespace = `xmlns${prefix === '' ? '' : `:${prefix}`}="${MAIN}"`;
  const cellXml = (cell: WrittenCell, row: number, column: number): string => {
    const reference = references ? ` r="${letters(column)}${row + 1}"` : '';
    const value = (text: string): string => `<${tag}v>${escapeXml(text)}</${tag}v>`;
    const made = (attributes: string, inside: string): string =>
      `<${tag}c${reference}${attributes}>${inside}</${tag}c>`;
    if ('shared' in cell) return made(' t="s"', value(String(strings.push(cell.shared) - 1)));
    if ('inline' in cell)
      return made(' t="inlineStr"', `<${tag}is><${tag}t>${escapeXml(cell.inline)}</${tag}t></${tag}is>`);
    if ('boolean' in cell) return made(' t="b"', value(cell.boolean ? '1' : '0'));
    if ('error' in cell) return made(' t="e"', value(cell.error));
    if ('xml' in cell) return cell.xml;
    if ('formula' in cell) {
      const result = cell.result === undefined ? '' : value(cell.result);
      return made(cell.isText === true ? ' t="str"' : '', `<${tag}f>${escapeXml(cell.formula)}</${tag}f>${result}`);
    }
    // Style 0 is General; the formats follow in the order in which they are first used.
    const { format } = cell;
    if (format === undefined) return made('', value(cell.number));
    if (!formats.includes(format)) formats.push(format);
    return made(` s="${formats.indexOf(format) + 1}"`, value(cell.number));
  };
  const sheetXml = (sheet: WrittenSheet): string => {
    const rows = sheet.rows.map((cells, row) => {
      if (cells.length === 0) return '';
      const inside = cells.map((cell, column) => (cell === null ? '' : cellXml(cell, row, column))).join('');
      return `<${tag}row${references ? ` r="${row + 1}"` : ''}>${inside}</${tag}row>`;
    });
    const merges = (sheet.merges ?? []).map((area) => `<${tag}mergeCell ref="${area}"/>`).join('');
    const dimension = sheet.dimension === undefined ? '' : `<${tag}dimension ref="${sheet.dimension}"/>`;
    return `${HEAD}<${tag}worksheet ${namespace}>${dimension}<${tag}sheetData>${rows.join('')}</${tag}sheetData>${
      merges === '' ? '' : `<${tag}mergeCells>${merges}</${tag}mergeCells>`
    }</${tag}worksheet>`;
  };
  const sheetParts = sheets.map(sheetXml);
  const relation = (id: number, type: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const relations = (inside: string): string =>
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;
  const contentType = (part: string, type: string): string =>
    `<Override PartName="/xl/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  const kindOf = (sheet: WrittenSheet): string => sheet.kind ?? 'worksheet';
  const files: Record<string, string> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
      contentType('workbook.xml', 'sheet.main'),
      contentType('styles.xml', 'styles'),
      contentType('sharedStrings.xml', 'sharedStrings'),
      ...sheets.map((sheet, index) => contentType(`${kindOf(sheet)}s/sheet${index + 1}.xml`, kindOf(sheet))),
    ].join('')}</Types>`,
    '_rels/.rels': relations(relation(1, 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `${HEAD}<${tag}workbook ${namespace} xmlns:r="${RELATIONS}"><${tag}workbookPr${is1904 ? ' date1904="1"' : ''}/><${tag}sheets>${sheets
      .map((sheet, index) => {
        const state = sheet.state === undefined ? '' : ` state="${sheet.state}"`;
        return `<${tag}sheet name="${escapeXml(sheet.name)}" sheetId="${index + 1}"${state} r:id="rId${index + 1}"/>`;
      })
      .join('')}</${tag}sheets></${tag}workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      [
        ...sheets.map((sheet, index) => relation(index + 1, kindOf(sheet), `${kindOf(sheet)}s/sheet${index + 1}.xml`)),
        relation(sheets.length + 1, 'styles', 'styles.xml'),
        relation(sheets.length + 2, 'sharedStrings', 'sharedStrings.xml'),
      ].join(''),
    ),
    'xl/styles.xml': `${HEAD}<${tag}styleSheet ${namespace}><${tag}numFmts>${formats
      .map((code, index) => `<${tag}numFmt numFmtId="${164 + index}" formatCode="${escapeXml(code)}"/>`)
      .join(
        '',
      )}</${tag}numFmts><${tag}cellStyleXfs><${tag}xf numFmtId="0"/></${tag}cellStyleXfs><${tag}cellXfs><${tag}xf numFmtId="0"/>${formats
      .map((_, index) => `<${tag}xf numFmtId="${164 + index}" applyNumberFormat="1"/>`)
      .join('')}</${tag}cellXfs></${tag}styleSheet>`,
    'xl/sharedStrings.xml': `${HEAD}<${tag}sst ${namespace} count="${strings.length}" uniqueCount="${strings.length}">${strings
      .map((text) => `<${tag}si><${tag}t xml:space="preserve">${escapeXml(text)}</${tag}t></${tag}si>`)
      .join('')}</${tag}sst>`,
  };
  sheetParts.forEach(
    (xml, index) => (files[`xl/${kindOf(sheets[index] as WrittenSheet)}s/sheet${index + 1}.xml`] = xml),
  );
  return Object.fromEntries(Object.entries(files).map(([path, xml]) => [path, strToU8(xml)]));
}

function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
