/** What the scanner calls as it goes; names come without their namespace's prefix. */
export interface XmlHandlers {
  /** `attributes` is the tag's inside behind its name, for readAttribute. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** Text as written, possibly in several pieces; only called when `wantsText` is true. */
  text(raw: string): void;
  readonly wantsText: boolean;
}

const LESS = 60;
const SLASH = 47;
const QUESTION = 63;
const EXCLAMATION = 33;
const COLON = 58;
const BLANK = 32;
const CDATA = '<![CDATA[';

/** Thrown for what is no XML. */
export class BrokenXml extends Error {}

/** Thrown for a tag, a comment or a stretch of text past the limit. */
export class LongXml extends Error {}

/**
 * Reads XML piece by piece, tag by tag. It checks as little as a reader of machine-made parts needs;
 * entities of a DOCTYPE are not known, so none can be made to grow.
 *
 * @param mostCharacters the longest tag or text; what is held back of a tag between pieces stays below it
 */
export class XmlScanner {
  readonly #handlers: XmlHandlers;
  readonly #mostCharacters: number;
  #rest = '';
  #textLength = 0;
  #openTags = 0;

  constructor(handlers: XmlHandlers, mostCharacters: number) {
    this.#handlers = handlers;
    this.#mostCharacters = mostCharacters;
  }

  push(piece: string): void {
    const text = this.#rest === '' ? piece : this.#rest + piece;
    let at = 0;
    while (at < text.length) {
      if (text.charCodeAt(at) !== LESS) {
        const found = text.indexOf('<', at);
        const next = found < 0 ? text.length : found;
        this.#text(text, at, next);
        at = next;
        if (found < 0) break;
      }
      const end = tagEnd(text, at);
      if (end < 0) break;
      this.#textLength = 0;
      this.#tag(text, at, end);
      at = end + 1;
    }
    this.#rest = at === 0 ? text : text.slice(at);
    if (this.#rest.length > this.#mostCharacters) throw new LongXml();
  }

  end(): void {
    if (this.#rest !== '' || this.#openTags !== 0) throw new BrokenXml('cut off');
  }

  #text(text: string, from: number, to: number): void {
    this.#textLength += to - from;
    if (this.#textLength > this.#mostCharacters) throw new LongXml();
    if (this.#handlers.wantsText) this.#handlers.text(text.slice(from, to));
  }

  #tag(text: string, start: number, end: number): void {
    const first = text.charCodeAt(start + 1);
    if (first === SLASH) {
      this.#openTags--;
      this.#handlers.close(nameAt(text, start + 2, end));
      return;
    }
    if (first === QUESTION) return;
    if (first === EXCLAMATION) {
      if (this.#handlers.wantsText && text.startsWith(CDATA, start)) {
        this.#handlers.text(text.slice(start + CDATA.length, end - 2).replaceAll('&', '&amp;'));
      }
      return;
    }
    const isEmpty = text.charCodeAt(end - 1) === SLASH;
    const insideEnd = isEmpty ? end - 1 : end;
    let nameEnd = start + 1;
    while (nameEnd < insideEnd && text.charCodeAt(nameEnd) > BLANK) nameEnd++;
    const name = nameAt(text, start + 1, nameEnd);
    this.#handlers.open(name, nameEnd === insideEnd ? '' : text.slice(nameEnd, insideEnd));
    if (isEmpty) this.#handlers.close(name);
    else this.#openTags++;
  }
}

/** Where the tag, comment or section that begins at `start` ends, or -1 when that is not there yet. */
function tagEnd(text: string, start: number): number {
  const first = text.charCodeAt(start + 1);
  let end = text.indexOf('>', start);
  if (first === SLASH) return end;
  if (first === EXCLAMATION) {
    if (text.startsWith('<!--', start)) return endOf(text, '-->', start);
    if (text.startsWith(CDATA, start)) return endOf(text, ']]>', start);
    // What may still become one of the two is not cut.
    if (text.length - start < CDATA.length) return -1;
  }
  let quote = text.indexOf('"', start);
  // A value in quotes may hold the sign that ends a tag.
  while (quote >= 0 && quote < end) {
    const closing = text.indexOf('"', quote + 1);
    if (closing < 0) return -1;
    if (closing > end) end = text.indexOf('>', closing);
    quote = text.indexOf('"', closing + 1);
  }
  return end;
}

function endOf(text: string, mark: string, start: number): number {
  const found = text.indexOf(mark, start);
  return found < 0 ? -1 : found + mark.length - 1;
}

/** The name that begins at `from`, without its prefix; most names are of one letter, which costs no new string. */
function nameAt(text: string, from: number, end: number): string {
  let start = from;
  let last = from;
  for (; last < end; last++) {
    const code = text.charCodeAt(last);
    if (code <= BLANK) break;
    if (code === COLON) start = last + 1;
  }
  return last === start + 1 ? text.charAt(start) : text.slice(start, last);
}

/** The value of an attribute as text, or null. The name is given as written, with its prefix if it has one. */
export function readAttribute(attributes: string, name: string): string | null {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (before > 32) continue;
    let next = at + name.length;
    while (attributes.charCodeAt(next) <= 32) next++;
    if (attributes.charAt(next) !== '=') continue;
    next++;
    while (attributes.charCodeAt(next) <= 32) next++;
    const quote = attributes.charAt(next);
    if (quote !== '"' && quote !== "'") continue;
    const end = attributes.indexOf(quote, next + 1);
    return end < 0 ? null : decodeXml(attributes.slice(next + 1, end));
  }
  return null;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const LAST_CODE_POINT = 0x10ffff;

/** Text with its entities resolved; unknown ones stay as written. */
export function decodeXml(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replaceAll(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (written, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? written;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : written;
    },
  );
}
