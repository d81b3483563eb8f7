import { describe, expect, it } from 'vitest';
import { UndoHistory } from '../../../src/state/undo-history.svelte';

describe('undo and redo', () => {
  it('walk back and forth over the same values', () => {
    const history = new UndoHistory('a');
    history.set('b');
    history.set('c');
    expect([history.undo(), history.present]).toEqual([true, 'b']);
    expect([history.undo(), history.present]).toEqual([true, 'a']);
    expect([history.redo(), history.present]).toEqual([true, 'b']);
    expect([history.redo(), history.present]).toEqual([true, 'c']);
  });

  it('refuse at either end and change nothing', () => {
    const history = new UndoHistory('a');
    expect([history.undo(), history.redo(), history.present]).toEqual([false, false, 'a']);
  });

  it('forget what was undone once something new is done', () => {
    const history = new UndoHistory('a');
    history.set('b');
    history.undo();
    history.set('c');
    expect(history.canRedo).toBe(false);
    history.undo();
    expect(history.present).toBe('a');
  });

  it('forget everything when started again', () => {
    const history = new UndoHistory('a');
    history.set('b');
    history.reset('z');
    expect([history.present, history.canUndo, history.canRedo]).toEqual(['z', false, false]);
  });
});
