import type { ExtractNote, ExtractNoteKind } from './extract-contract';
import type { SheetFacts } from './sheet-rows';
import type { SheetWriter } from './sheet-writer';

/** What a person should know of the sheet that its text does not show; only what there is any of. */
export function sheetNotes(writer: SheetWriter, facts: SheetFacts): readonly ExtractNote[] {
  const merged: ExtractNote = {
    kind: 'merged-cells-filled',
    count: writer.merges.filledCells,
    names: writer.mergedColumnNames,
  };
  const counts: readonly (readonly [ExtractNoteKind, number])[] = [
    ['formula-results', facts.formulaResults],
    ['formulas-without-result', facts.formulasWithoutResult],
    ['error-cells', facts.errorCells],
    ['digits-lost', facts.digitsLost],
    ['hidden-rows', facts.hiddenRows],
    ['hidden-columns', facts.hiddenColumns],
    ['cells-with-line-breaks', writer.cellsWithLineBreaks],
  ];
  return [merged, ...counts.map(([kind, count]) => ({ kind, count }))].filter(({ count }) => count > 0);
}
