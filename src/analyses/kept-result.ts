/** The last result and what it was made of, so that a change of how it is shown does not make it again. */
export class KeptResult<R> {
  #last: { readonly madeOf: string; readonly result: R } | undefined;
  #forgotten = 0;

  /** The result kept where it was made of the same, else a new one. A failure is not kept. */
  async of(madeOf: string, make: () => Promise<R>): Promise<R> {
    if (this.#last?.madeOf === madeOf) return this.#last.result;
    const begunAfter = this.#forgotten;
    const result = await make();
    // What was forgotten meanwhile is what this was read from.
    if (begunAfter === this.#forgotten) this.#last = { madeOf, result };
    return result;
  }

  forget(): void {
    this.#forgotten += 1;
    this.#last = undefined;
  }
}
