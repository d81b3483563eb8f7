/**
 * The steps that `pull` gives, to the null that ends them. The next two are being made while one is dealt
 * with, so at most three are in memory.
 */
export async function* stepsAhead<Step>(pull: () => Promise<Step | null>): AsyncGenerator<Step, void> {
  const ahead: Promise<Step | null>[] = [];
  const pullAhead = (): void => {
    const step = pull();
    // A step that fails while one before it is dealt with is reported when its turn comes.
    step.catch(ignore);
    ahead.push(step);
  };
  pullAhead();
  pullAhead();
  for (;;) {
    const step = (await ahead.shift()) ?? null;
    if (step === null) return;
    pullAhead();
    yield step;
  }
}

function ignore(): void {
  // Whoever waits for the step gets the error.
}
