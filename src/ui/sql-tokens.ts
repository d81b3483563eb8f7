export type SqlTokenKind = 'keyword' | 'string' | 'number' | 'comment' | 'plain';

export interface SqlToken {
  readonly kind: SqlTokenKind;
  readonly text: string;
}

const KEYWORDS = new Set(
  (
    'select from where group by order having limit offset with as on and or not null is in case when then else end ' +
    'join left right inner full outer cross union all distinct over partition rows range between unbounded preceding ' +
    'following current row create table replace view insert into values update delete set cast true false asc desc ' +
    'nulls first last using filter within qualify interval exists like ilike window recursive'
  ).split(' '),
);

const PIECE =
  /(--[^\n]*|\/\*[\s\S]*?\*\/)|('(?:[^']|'')*')|("(?:[^"]|"")*")|(\b\d+(?:\.\d+)?\b)|([A-Za-z_][A-Za-z_0-9]*)/g;

/** Splits SQL into pieces to colour. The pieces, joined, are the text again. Linear in its length. */
export function tokenizeSql(code: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let end = 0;
  const push = (kind: SqlTokenKind, text: string): void => {
    const last = tokens.at(-1);
    if (last?.kind === kind) tokens[tokens.length - 1] = { kind, text: last.text + text };
    else tokens.push({ kind, text });
  };
  for (const match of code.matchAll(PIECE)) {
    if (match.index > end) push('plain', code.slice(end, match.index));
    push(kindOf(match), match[0]);
    end = match.index + match[0].length;
  }
  if (end < code.length) push('plain', code.slice(end));
  return tokens;
}

function kindOf(match: RegExpExecArray): SqlTokenKind {
  if (match[1] !== undefined) return 'comment';
  if (match[2] !== undefined) return 'string';
  if (match[4] !== undefined) return 'number';
  return match[5] !== undefined && KEYWORDS.has(match[5].toLowerCase()) ? 'keyword' : 'plain';
}
