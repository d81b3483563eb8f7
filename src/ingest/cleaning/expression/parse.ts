import { ident, integerConstant, join, sql, type Sql } from '../../../core/sql';
import { isSameName, type CleaningColumn } from '../columns';
import { numberConstant } from '../values.sql';
import { FUNCTIONS, parameterAt, takes, UNITS, type FunctionSpec, type Parameter } from './functions';
import { KEYWORDS, TYPES } from './keywords';
import { MistakeFound } from './mistake';
import { addition, comparison, concatenation, isComparison, multiplication } from './operators';
import { isMark, mistakeAt, TokenStream } from './token-stream';
import type { Token } from './tokens';
import { castTo, commonType, spanning, spot, type Typed, type ValueType } from './typed';

const DEEPEST = 40;
const MOST_DECIMALS = 9;

/**
 * Reads the tokens of an expression by recursive descent and writes it anew from our own fragments, so
 * that what reaches the engine was chosen here and not by who typed it. Throws MistakeFound.
 */
export class ExpressionReader {
  readonly #tokens: TokenStream;
  readonly #columns: readonly CleaningColumn[];
  readonly #used = new Set<string>();
  #depth = 0;

  constructor(text: string, columns: readonly CleaningColumn[]) {
    this.#tokens = new TokenStream(text);
    this.#columns = columns;
  }

  /** Keys of the columns that the expression reads. */
  get used(): readonly string[] {
    return [...this.#used];
  }

  read(): Typed {
    const whole = this.#any();
    const rest = this.#tokens.peek();
    if (rest.kind !== 'end') throw mistakeAt('unexpected', rest);
    return whole;
  }

  #any(): Typed {
    if (++this.#depth > DEEPEST) throw mistakeAt('too-deep', this.#tokens.peek());
    const part = this.#either();
    this.#depth--;
    return part;
  }

  #either(): Typed {
    let left = this.#both();
    while (this.#tokens.takeWord('or')) {
      const right = this.#both();
      left = spanning('boolean', sql`(${this.#as(left, 'boolean')} OR ${this.#as(right, 'boolean')})`, left, right);
    }
    return left;
  }

  #both(): Typed {
    let left = this.#negated();
    while (this.#tokens.takeWord('and')) {
      const right = this.#negated();
      left = spanning('boolean', sql`(${this.#as(left, 'boolean')} AND ${this.#as(right, 'boolean')})`, left, right);
    }
    return left;
  }

  #negated(): Typed {
    const start = this.#tokens.peek();
    let turns = 0;
    while (this.#tokens.takeWord('not')) turns++;
    const part = this.#compared();
    if (turns === 0) return part;
    const truth = this.#as(part, 'boolean');
    return spanning('boolean', turns % 2 === 1 ? sql`(NOT ${truth})` : truth, start, part);
  }

  #compared(): Typed {
    const left = this.#added();
    const mark = this.#tokens.peek();
    if (mark.kind === 'mark' && isComparison(mark.value)) {
      this.#tokens.skip();
      const right = this.#added();
      const [a, b] = this.#alike(left, right);
      return spanning('boolean', sql`(${a} ${comparison(mark.value)} ${b})`, left, right);
    }
    if (this.#tokens.takeWord('is')) {
      const isNot = this.#tokens.takeWord('not');
      const end = this.#tokens.expectWord('null');
      return spanning('boolean', isNot ? sql`(${left.sql} IS NOT NULL)` : sql`(${left.sql} IS NULL)`, left, end);
    }
    return this.#tested(left);
  }

  #tested(left: Typed): Typed {
    const isNot = this.#tokens.takeWord('not');
    const turned = (test: Typed): Typed => (isNot ? { ...test, sql: sql`(NOT ${test.sql})` } : test);
    if (this.#tokens.takeWord('like')) {
      const right = this.#added();
      return turned(spanning('boolean', sql`(${this.#as(left, 'text')} LIKE ${this.#as(right, 'text')})`, left, right));
    }
    if (this.#tokens.takeWord('between')) {
      const low = this.#added();
      this.#tokens.expectWord('and');
      const high = this.#added();
      const [a, from] = this.#alike(left, low);
      const [b, to] = this.#alike(left, high);
      return turned(spanning('boolean', sql`(${a} >= ${from} AND ${b} <= ${to})`, left, high));
    }
    if (this.#tokens.takeWord('in')) {
      this.#tokens.expectMark('(');
      const choices = this.#list();
      const end = this.#tokens.expectMark(')');
      const tests = choices.map((choice) => {
        const [a, b] = this.#alike(left, choice);
        return sql`${a} = ${b}`;
      });
      return turned(spanning('boolean', sql`(${join(tests, sql` OR `)})`, left, end));
    }
    if (isNot) throw mistakeAt('unexpected', this.#tokens.peek());
    return left;
  }

  #added(): Typed {
    let left = this.#multiplied();
    for (let mark = this.#tokens.peek(); isMark(mark, '+', '-', '||'); mark = this.#tokens.peek()) {
      this.#tokens.skip();
      const right = this.#multiplied();
      left = mark.value === '||' ? concatenation(left, right) : addition(left, right, mark.value === '-');
    }
    return left;
  }

  #multiplied(): Typed {
    let left = this.#signed();
    for (let mark = this.#tokens.peek(); isMark(mark, '*', '/', '%'); mark = this.#tokens.peek()) {
      this.#tokens.skip();
      left = multiplication(left, this.#signed(), mark.value);
    }
    return left;
  }

  #signed(): Typed {
    const mark = this.#tokens.peek();
    if (!isMark(mark, '-', '+')) return this.#single();
    if (++this.#depth > DEEPEST) throw mistakeAt('too-deep', mark);
    this.#tokens.skip();
    const part = this.#signed();
    this.#depth--;
    const value = this.#as(part, 'number');
    if (mark.value === '+') return spanning('number', value, mark, part);
    const negative = spanning('number', sql`(- ${value})`, mark, part);
    return part.literal === undefined ? negative : { ...negative, literal: `-${part.literal}` };
  }

  #single(): Typed {
    const token = this.#tokens.peek();
    this.#tokens.skip();
    switch (token.kind) {
      case 'number':
        return { ...spot(token), type: 'number', sql: numberConstant(token.value), literal: token.value };
      case 'text':
        return { ...spot(token), type: 'text', sql: sql`${token.value}`, literal: token.value };
      case 'name':
        return this.#column(token);
      case 'word':
        return this.#word(token);
      case 'end':
        throw mistakeAt('unexpected-end', token);
      case 'mark': {
        if (token.value !== '(') throw mistakeAt('unexpected', token);
        const part = this.#any();
        const end = this.#tokens.expectMark(')');
        return { ...part, start: token.start, end: end.end };
      }
    }
  }

  #word(token: Token): Typed {
    const word = token.value.toLowerCase();
    if (isMark(this.#tokens.peek(), '(') && word !== 'cast' && !KEYWORDS.has(word)) return this.#call(token);
    switch (word) {
      case 'true':
        return { ...spot(token), type: 'boolean', sql: sql`TRUE` };
      case 'false':
        return { ...spot(token), type: 'boolean', sql: sql`FALSE` };
      case 'null':
        return { ...spot(token), type: 'nothing', sql: sql`NULL` };
      case 'case':
        return this.#case(token);
      case 'cast':
        return this.#cast(token);
    }
    if (KEYWORDS.has(word)) throw mistakeAt('unexpected', token);
    return this.#column(token);
  }

  #column(token: Token): Typed {
    const column = this.#columns.find(({ name }) => isSameName(name, token.value));
    if (column === undefined) throw mistakeAt('unknown-column', token);
    this.#used.add(column.key);
    return { ...spot(token), type: 'text', sql: ident(column.key) };
  }

  #call(token: Token): Typed {
    const spec = FUNCTIONS.get(token.value.toLowerCase());
    if (spec === undefined) throw mistakeAt('unknown-function', token);
    this.#tokens.expectMark('(');
    const parts = isMark(this.#tokens.peek(), ')') ? [] : this.#list();
    const end = this.#tokens.expectMark(')');
    if (!takes(spec, parts.length)) throw new MistakeFound('wrong-arguments', token.start, end.end, token.value);
    const shared = this.#shared(spec, parts);
    const given = parts.map((part, i) => this.#argument(part, parameterAt(spec, i), shared));
    const type = spec.result === 'same' ? (shared ?? 'nothing') : spec.result;
    return { type, sql: spec.sql(given), start: token.start, end: end.end };
  }

  /** The type that the `same` parameters have in common. */
  #shared(spec: FunctionSpec, parts: readonly Typed[]): ValueType | null {
    const same = parts.filter((_, i) => parameterAt(spec, i) === 'same');
    const first = same[0];
    if (first === undefined) return null;
    return same.slice(1).reduce<Typed>((all, part) => ({ ...all, type: this.#common(all, part) }), first).type;
  }

  #argument(part: Typed, parameter: Parameter, shared: ValueType | null): Sql {
    if (parameter === 'same') return this.#as(part, shared ?? 'text');
    if (parameter === 'unit') {
      const unit = UNITS.get(part.literal?.toLowerCase() ?? '');
      if (unit === undefined || part.type !== 'text') throw mistakeAt('needs-constant', part);
      return unit;
    }
    if (parameter !== 'whole-constant') return this.#as(part, parameter);
    const whole = part.type === 'number' ? Number(part.literal ?? Number.NaN) : Number.NaN;
    if (!Number.isInteger(whole) || Math.abs(whole) > MOST_DECIMALS) throw mistakeAt('needs-constant', part);
    return integerConstant(whole);
  }

  #case(token: Token): Typed {
    const branches: { readonly when: Sql; readonly then: Typed }[] = [];
    while (this.#tokens.takeWord('when')) {
      const when = this.#as(this.#any(), 'boolean');
      this.#tokens.expectWord('then');
      branches.push({ when, then: this.#any() });
    }
    if (branches.length === 0) throw mistakeAt('unexpected', this.#tokens.peek());
    const otherwise = this.#tokens.takeWord('else') ? this.#any() : null;
    const end = this.#tokens.expectWord('end');
    const arms = [...branches.map(({ then }) => then), ...(otherwise === null ? [] : [otherwise])];
    const { type } = arms.reduce((all, arm) => ({ ...all, type: this.#common(all, arm) }));
    const cases = branches.map(({ when, then }) => sql`WHEN ${when} THEN ${this.#as(then, type)}`);
    const rest = otherwise === null ? sql`NULL` : this.#as(otherwise, type);
    return spanning(type, sql`(CASE ${join(cases, sql` `)} ELSE ${rest} END)`, token, end);
  }

  #cast(token: Token): Typed {
    this.#tokens.expectMark('(');
    const part = this.#any();
    this.#tokens.expectWord('as');
    const name = this.#tokens.peek();
    this.#tokens.skip();
    const type = name.kind === 'word' ? TYPES.get(name.value.toLowerCase()) : undefined;
    if (type === undefined) throw mistakeAt('unknown-type', name);
    const end = this.#tokens.expectMark(')');
    const value = this.#as(part, type);
    if (name.value.toLowerCase() !== 'integer') return spanning(type, value, token, end);
    return spanning(type, sql`CAST(round(${value}, 0) AS DECIMAL(38,9))`, token, end);
  }

  #list(): Typed[] {
    const parts = [this.#any()];
    while (isMark(this.#tokens.peek(), ',')) {
      this.#tokens.skip();
      parts.push(this.#any());
    }
    return parts;
  }

  #as(part: Typed, type: ValueType): Sql {
    const value = castTo(part, type);
    if (value === null) throw mistakeAt('wrong-type', part);
    return value;
  }

  #common(left: Typed, right: Typed): ValueType {
    const type = commonType(left, right);
    if (type === null) throw mistakeAt('wrong-type', right);
    return type;
  }

  #alike(left: Typed, right: Typed): readonly [Sql, Sql] {
    const type = this.#common(left, right);
    return [this.#as(left, type), this.#as(right, type)];
  }
}
