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
    const { length } = this.#done;
    const undoing = part.undo();
    // A part with an undo of its own has said so by now.
    if (this.#done.length === length) this.tookBack(part);
    await undoing;
  }

  async redo(): Promise<void> {
    const part = this.#undone.at(-1);
    if (part === undefined) return;
    const { length } = this.#undone;
    const redoing = part.redo();
    if (this.#undone.length === length) this.didAgain(part);
    await redoing;
  }

  /** Notes that the part has taken its last change back by itself. */
  tookBack(part: Undoable): void {
    const at = this.#done.lastIndexOf(part);
    if (at === -1) return;
    this.#done = this.#done.toSpliced(at, 1);
    this.#undone = [...this.#undone, part];
  }

  /** Notes that the part has done by itself what it had taken back. */
  didAgain(part: Undoable): void {
    const at = this.#undone.lastIndexOf(part);
    if (at === -1) return;
    this.#undone = this.#undone.toSpliced(at, 1);
    this.#done = [...this.#done, part];
  }
}
