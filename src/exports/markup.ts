/**
 * A piece of HTML. Only this module and `drawing` make one, so text from outside can enter only as text: it is
 * escaped wherever it stands, between tags or inside a quoted attribute.
 */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The tag: a text or a number is escaped, a Markup is spliced. Attributes must be quoted with ". */
export function markup(strings: TemplateStringsArray, ...inserts: readonly (string | number | Markup)[]): Markup {
  const pieces = inserts.map((insert, i) => {
    const piece = insert instanceof Markup ? insert.text : escaped(String(insert));
    return piece + (strings[i + 1] ?? '');
  });
  return new Markup((strings[0] ?? '') + pieces.join(''));
}

/** The pieces one after another, with nothing between them. */
export function joined(pieces: readonly Markup[]): Markup {
  return new Markup(pieces.map(({ text }) => text).join(''));
}

export const NOTHING = new Markup('');

/** The piece made of a text, or nothing where there is none. */
export function ifGiven(text: string | undefined, make: (text: string) => Markup): Markup {
  return text === undefined || text === '' ? NOTHING : make(text);
}

/** Signs that neither XML nor HTML has a place for. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

function escaped(text: string): string {
  return text
    .replaceAll(CONTROL, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
