import { afterEach, expect, test } from 'vitest';

const MODULE = new URL('../../../src/library/visits.ts', import.meta.url).pathname;

/** A page of ours: a frame is one to the lock manager, and removing it ends its visit. */
class Visit {
  readonly said: string[] = [];
  readonly #frame = document.createElement('iframe');
  readonly #hear = (event: MessageEvent): void => {
    if (event.source === this.#frame.contentWindow) this.said.push(String(event.data));
  };

  /** `whenAlone` is the body of what the page does when it finds itself alone. */
  constructor(whenAlone = '') {
    addEventListener('message', this.#hear);
    this.#frame.srcdoc = `<script type="module">
      import { beginVisit } from ${JSON.stringify(MODULE)};
      const released = new Promise((next) => addEventListener('message', next, { once: true }));
      const say = (word) => parent.postMessage(word, '*');
      beginVisit(async () => { say('alone'); ${whenAlone} }).then(() => say('begun'), () => say('failed'));
    </script>`;
    document.body.append(this.#frame);
  }

  release(): void {
    this.#frame.contentWindow?.postMessage('go on', '*');
  }

  end(): void {
    removeEventListener('message', this.#hear);
    this.#frame.remove();
  }
}

const visits: Visit[] = [];

function visit(whenAlone?: string): Visit {
  const begun = new Visit(whenAlone);
  visits.push(begun);
  return begun;
}

afterEach(async () => {
  for (const each of visits.splice(0)) each.end();
  await expect.poll(async () => (await navigator.locks.query()).held?.map(({ name }) => name)).not.toContain(LOCK);
});

const LOCK = 'silhouette-visit';

test('the first page is alone, one that comes while it lives is not, and after both have ended the next is', async () => {
  const first = visit();
  await expect.poll(() => first.said).toEqual(['alone', 'begun']);
  const second = visit();
  await expect.poll(() => second.said).toEqual(['begun']);
  first.end();
  const third = visit();
  await expect.poll(() => third.said).toEqual(['begun']);
  second.end();
  third.end();
  await expect.poll(async () => (await navigator.locks.query()).held?.length).toBe(0);
  const fourth = visit();
  await expect.poll(() => fourth.said).toEqual(['alone', 'begun']);
});

test('a page that comes while the first is still forgetting waits for it, and then is not alone', async () => {
  const first = visit('await released;');
  await expect.poll(() => first.said).toEqual(['alone']);
  const second = visit();
  await expect.poll(async () => (await navigator.locks.query()).pending?.map(({ name }) => name)).toEqual([LOCK]);
  expect(second.said).toEqual([]);
  first.release();
  await expect.poll(() => [first.said, second.said]).toEqual([['alone', 'begun'], ['begun']]);
});

test('a page that could not forget says so, and its visit is one all the same', async () => {
  const first = visit("throw new Error('broken off');");
  await expect.poll(() => first.said).toEqual(['alone', 'failed']);
  const second = visit();
  await expect.poll(() => second.said).toEqual(['begun']);
});
