/** A part of the recipe that can take its own last change back. */
export interface Undoable {
  undo(): Promise<void> | void;
  redo(): Promise<void> | void;
}

/**
 * One line of undo over parts that each keep a past of their own: it remembers whose change came
 * last. A part that started over takes its changes out of the line.
 */
export class UndoLine {
  #done = $state.raw<readonly Undoable[]>([]);
  #undone = $state.raw<readonly Undoable[]>([]);

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Notes that the part was just changed by hand; what had been undone cannot be redone any more. */
  note(part: Undoable): void {
    this.#done = [...this.#done, part];
    this.#undone = [];
  }

  /** Forgets the changes of a part whose past is gone. */
  forget(part: Undoable): void {
    this.#done = this.#done.filter((other) => other !== part);
    this.#undone = this.#undone.filter((other) => other !== part);
  }

  async undo(): Promise<void> {
    const part = this.#done.at(-1);
    if (part === undefined) return;
    this.#done = this.#done.slice(0, -1);
    this.#undone = [...this.#undone, part];
    await part.undo();
  }

  async redo(): Promise<void> {
    const part = this.#undone.at(-1);
    if (part === undefined) return;
    this.#undone = this.#undone.slice(0, -1);
    this.#done = [...this.#done, part];
    await part.redo();
  }
}
