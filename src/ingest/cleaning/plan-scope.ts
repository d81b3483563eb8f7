import type { Sql } from '../../core/sql';
import { isSameName, type CleaningColumn } from './columns';
import type { ExpressionMistake } from './expression/mistake';

/** A cell as a step writes it: the text, or null for a gap. */
export type Cell = string | null;

/**
 * A piece of a step's work on the table. `input` in a query is a table of the rows as they are, with
 * source_row and the columns of `reads` under their keys.
 */
export type Work =
  /** The query gives source_row and the columns of `writes`, once for every row. */
  | { readonly is: 'write'; readonly reads: readonly string[]; readonly writes: readonly string[]; readonly query: Sql }
  /** Each cell of the column becomes the value, which looks at that cell alone. */
  | { readonly is: 'formula'; readonly column: string; readonly value: Sql }
  /** The query gives source_row of the rows that stay. */
  | { readonly is: 'keep'; readonly reads: readonly string[]; readonly query: Sql }
  /** Cells that are a `from` become its `to`; the rest stay, or become gaps. */
  | {
      readonly is: 'map';
      readonly column: string;
      readonly pairs: readonly (readonly [from: string, to: Cell])[];
      readonly gap: Cell;
      readonly others: 'keep' | 'empty';
    }
  /** Each different text of the column is converted once; only those where `candidates` holds, if given. */
  | {
      readonly is: 'convert';
      readonly column: string;
      /** A condition on the column `value`. */
      readonly candidates: Sql | null;
      /** Made anew for each run. The function gives the text itself where it has nothing to do. */
      readonly start: () => (text: string) => Cell;
    };

/** Why a step cannot be done as it stands. It is left out, and says so. */
export type StepMistake =
  | { readonly code: 'unknown-column' | 'taken-name'; readonly name: string }
  | { readonly code: 'no-column-left' | 'bounds-crossed' | 'no-bounds' | 'no-condition' }
  | { readonly code: 'expression'; readonly mistake: ExpressionMistake }
  /** What the engine said, in its words. */
  | { readonly code: 'engine'; readonly words: string };

export interface StepPlan {
  readonly works: readonly Work[];
  /** The columns once the step is done, in their order. */
  readonly columns: readonly CleaningColumn[];
  /** Keys given out so far, so that none is given twice. */
  readonly keysUsed: number;
}

/** Thrown while a step is planned and caught by planCleaning. */
export class StepMistaken extends Error {
  readonly mistake: StepMistake;

  constructor(mistake: StepMistake) {
    super(mistake.code);
    this.mistake = mistake;
  }
}

/** What a step finds when its turn comes, and how it changes the columns. */
export class PlanScope {
  readonly #columns: readonly CleaningColumn[];
  #keysUsed: number;

  constructor(columns: readonly CleaningColumn[], keysUsed: number) {
    this.#columns = columns;
    this.#keysUsed = keysUsed;
  }

  get columns(): readonly CleaningColumn[] {
    return this.#columns;
  }

  get keys(): readonly string[] {
    return this.#columns.map(({ key }) => key);
  }

  /** The key of the column of that name. Throws StepMistaken. */
  key(name: string): string {
    const column = this.#columns.find((candidate) => candidate.name === name);
    if (column === undefined) throw new StepMistaken({ code: 'unknown-column', name });
    return column.key;
  }

  keysOf(names: readonly string[] | 'all'): readonly string[] {
    return names === 'all' ? this.keys : [...new Set(names)].map((name) => this.key(name));
  }

  /** A column under a name that no other one has, apart from those in `going`. Throws StepMistaken. */
  add(name: string, going: readonly string[] = []): CleaningColumn {
    const isTaken = this.#columns.some((column) => isSameName(column.name, name) && !going.includes(column.key));
    if (isTaken) throw new StepMistaken({ code: 'taken-name', name });
    return { key: `c${this.#keysUsed++}`, name };
  }

  plan(works: readonly Work[], columns = this.#columns): StepPlan {
    if (columns.length === 0) throw new StepMistaken({ code: 'no-column-left' });
    return { works, columns, keysUsed: this.#keysUsed };
  }
}
