import { cleaningColumns } from '../ingest/cleaning/columns';
import type { FilePlan } from '../ingest/dataset/dataset-files';
import type { ColumnMapping, FilePreview } from '../ingest/file-preview';
import type { KindColumnMapping } from '../ingest/kinds/kind-mapping';
import { draftFromMemory, toMapping } from './mapping-draft';

/**
 * The plan for the text that cleaning made of a file: every column keeps its role by its name, in the
 * format that its values are written in now. Columns that the cleaning made have no role.
 *
 * @param headers the names of the file's own columns, in the order of the plan's
 * @param preview of the cleaned text
 */
export function planOfCleaned(plan: FilePlan, headers: readonly string[], preview: FilePreview): FilePlan {
  const places = new Map(cleaningColumns(headers).map(({ name }, place) => [name, place]));
  const placesNow = preview.columns.map(({ name }) => places.get(name) ?? -1);
  if (plan.kind === 'orders') {
    const ignored: ColumnMapping = { role: 'ignore', timeFormat: null, numberFormat: null };
    const columns = placesNow.map((place) => plan.mapping.columns[place] ?? ignored);
    const { zoneOffsetMinutes } = plan.mapping;
    const draft = draftFromMemory(preview, { dialect: preview.dialect, columns, zoneOffsetMinutes });
    const people = plan.people.flatMap(({ column, role }) => {
      const now = placesNow.indexOf(column);
      return now === -1 ? [] : [{ column: now, role }];
    });
    const mapping = draft === null ? plan.mapping : toMapping(draft, preview.dialect);
    return { ...plan, mapping, people };
  }
  const columns = placesNow.map((place, index): KindColumnMapping => {
    const before = plan.mapping.columns[place];
    const now = preview.columns[index];
    if (before === undefined || now === undefined) return { role: 'ignore', timeFormat: null, numberFormat: null };
    const timeFormat = before.timeFormat === null ? null : (now.timeFormat ?? before.timeFormat);
    const numberFormat = before.numberFormat === null ? null : (now.numberFormat ?? before.numberFormat);
    return { role: before.role, timeFormat, numberFormat };
  });
  return { kind: plan.kind, mapping: { ...plan.mapping, dialect: preview.dialect, columns } };
}
