/** A value with its past and its future. The newest change drops what had been undone. */
export class UndoHistory<T> {
  #past = $state.raw<readonly T[]>([]);
  #present: T;
  #future = $state.raw<readonly T[]>([]);

  constructor(present: T) {
    this.#present = $state.raw(present);
  }

  get present(): T {
    return this.#present;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  set(next: T): void {
    this.#past = [...this.#past, this.#present];
    this.#present = next;
    this.#future = [];
  }

  /** Steps back; false when there is nothing to undo. */
  undo(): boolean {
    const before = this.#past.at(-1);
    if (before === undefined) return false;
    this.#future = [this.#present, ...this.#future];
    this.#present = before;
    this.#past = this.#past.slice(0, -1);
    return true;
  }

  /** Steps forward again; false when there is nothing to redo. */
  redo(): boolean {
    const next = this.#future[0];
    if (next === undefined) return false;
    this.#past = [...this.#past, this.#present];
    this.#present = next;
    this.#future = this.#future.slice(1);
    return true;
  }

  /** Starts again from a value, with no past. */
  reset(present: T): void {
    this.#past = [];
    this.#present = present;
    this.#future = [];
  }
}
