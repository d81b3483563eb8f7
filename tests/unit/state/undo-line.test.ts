import { expect, it } from 'vitest';
import { UndoHistory } from '../../../src/state/undo-history.svelte';
import { UndoLine } from '../../../src/state/undo-line.svelte';

/** A part that holds a letter and notes its changes in the line. */
function createPart(line: UndoLine) {
  const history = new UndoHistory('-');
  const part = {
    undo: () => void history.undo(),
    redo: () => void history.redo(),
    set: (letter: string) => {
      history.set(letter);
      line.note(part);
    },
    get letter() {
      return history.present;
    },
  };
  return part;
}

it('takes changes back in the reverse of their order, whichever part they were made in', async () => {
  const line = new UndoLine();
  const [policy, cleaning] = [createPart(line), createPart(line)];
  policy.set('a');
  cleaning.set('b');
  policy.set('c');
  const seen: string[] = [];
  while (line.canUndo) {
    await line.undo();
    seen.push(policy.letter + cleaning.letter);
  }
  expect(seen).toEqual(['ab', 'a-', '--']);
  while (line.canRedo) await line.redo();
  expect(policy.letter + cleaning.letter).toBe('cb');
});

it('drops what had been undone once something new is done', async () => {
  const line = new UndoLine();
  const part = createPart(line);
  part.set('a');
  await line.undo();
  part.set('b');
  expect(line.canRedo).toBe(false);
  await line.redo();
  expect(part.letter).toBe('b');
});

it('forgets a part that has started over, and only that one', async () => {
  const line = new UndoLine();
  const [gone, kept] = [createPart(line), createPart(line)];
  kept.set('a');
  gone.set('b');
  line.forget(gone);
  await line.undo();
  expect(kept.letter).toBe('-');
  expect(gone.letter).toBe('b');
  expect(line.canUndo).toBe(false);
});

it('keeps step with a part that takes its own change back', async () => {
  const line = new UndoLine();
  const own = createPart(line);
  const reporting = {
    ...own,
    undo: () => {
      own.undo();
      line.tookBack(reporting);
    },
    redo: () => {
      own.redo();
      line.didAgain(reporting);
    },
  };
  const other = createPart(line);
  line.note(reporting);
  other.set('b');
  reporting.undo();
  expect(line.canUndo).toBe(true);
  await line.undo();
  expect(other.letter).toBe('-');
  expect(line.canUndo).toBe(false);
  await line.redo();
  await line.redo();
  expect(line.canRedo).toBe(false);
  expect(other.letter).toBe('b');
});
