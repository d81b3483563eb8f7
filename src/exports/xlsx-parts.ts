import type { ExportColumn } from './cells';

/** The fixed parts of a workbook (ECMA-376 part 1, SpreadsheetML): everything but the rows. */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Positions in `cellXfs` below. */
export const STYLE = { plain: 0, heading: 1, text: 2, time: 3, day: 4, integer: 5, decimal: 6 } as const;

const TIME_FORMAT = 164;
const DAY_FORMAT = 165;
const TEXT_FORMAT = 49;
const WHOLE_FORMAT = 1;
const MONEY_FORMAT = 4;

export const STYLES_XML = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="${TIME_FORMAT}" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="${DAY_FORMAT}" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7">${[
  '<xf/>',
  '<xf fontId="1" applyFont="1"/>',
  ...[TEXT_FORMAT, TIME_FORMAT, DAY_FORMAT, WHOLE_FORMAT, MONEY_FORMAT].map(
    (format) => `<xf numFmtId="${format}" applyNumberFormat="1"/>`,
  ),
].join('')}</cellXfs></styleSheet>`;

export const ROOT_RELATIONSHIPS_XML = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

export function contentTypesXml(sheets: number): string {
  const parts = numbers(sheets).map(
    (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${SPREADSHEET_TYPE}.worksheet+xml"/>`,
  );
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET_TYPE}.styles+xml"/>${parts.join('')}</Types>`;
}

export function workbookXml(sheetName: string, sheets: number): string {
  const parts = numbers(sheets).map(
    (n) => `<sheet name="${xmlText(sheetTitle(sheetName, n))}" sheetId="${n}" r:id="rId${n}"/>`,
  );
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><sheets>${parts.join('')}</sheets></workbook>`;
}

export function workbookRelationshipsXml(sheets: number): string {
  const parts = numbers(sheets).map(
    (n) => `<Relationship Id="rId${n}" Type="${RELATIONSHIPS}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${parts.join('')}<Relationship Id="rId${sheets + 1}" Type="${RELATIONSHIPS}/styles" Target="styles.xml"/></Relationships>`;
}

/** The beginning of a sheet: the heading row frozen, columns as wide as `widths` in characters. */
export function sheetHead(columns: readonly ExportColumn[], widths: readonly number[], isFirst: boolean): string {
  const cols = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  const cells = columns.map(({ heading }, i) => textCellXml(`${columnLetters(i)}1`, STYLE.heading, heading));
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols.join('')}</cols><sheetData><row r="1">${cells.join('')}</row>`;
}

export const SHEET_TAIL = '</sheetData></worksheet>';

/** A text cell, whatever the text looks like: a spreadsheet neither runs it nor reads a number in it. */
export function textCellXml(place: string, style: number, text: string): string {
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

/** A, B ... Z, AA ... for 0, 1 ... 25, 26 ... */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

/** Characters XML 1.0 cannot hold (controls, lone surrogates, U+FFFE and U+FFFF). */
const UNWRITABLE =
  /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** A text that already looks like SpreadsheetML's own escape and would be read as one. */
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** Most texts hold nothing to replace, and a file has millions of them. */
const MAY_NEED_ESCAPE = /[&<>"_\u0000-\u001f\ud800-\udfff\ufffe\uffff]/;

/**
 * The text inside an element or attribute. What XML cannot hold is written as ST_Xstring has it,
 * `_x0007_`; a carriage return too, since a parser would turn it into a line feed.
 */
export function xmlText(text: string): string {
  if (!MAY_NEED_ESCAPE.test(text)) return text;
  return text
    .replace(LOOKS_ESCAPED, '_x005F_')
    .replace(UNWRITABLE, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A sheet's name as a spreadsheet allows it: at most 31 characters, none of []:*?/\, no outer apostrophe. */
function sheetTitle(name: string, number: number): string {
  const suffix = number === 1 ? '' : ` ${number}`;
  const allowed = name
    .replace(/[[\]:*?/\\\u0000-\u001f]/g, ' ')
    .trim()
    .replace(/^'+|'+$/g, '');
  let title = '';
  for (const character of allowed === '' ? 'Sheet' : allowed) {
    if (title.length + character.length + suffix.length > 31) break;
    title += character;
  }
  return title + suffix;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
