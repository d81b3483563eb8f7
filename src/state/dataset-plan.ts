import type { DatasetFile, FilePlan } from '../ingest/dataset/dataset-files';
import type { SeenColumn } from '../ingest/privacy/cell-mask';
import { customerRoleOf, orderPeopleOf } from '../ingest/kinds/order-people';
import type { TableChoice } from '../ingest/extract/extract-contract';
import type { Candidate } from './import-candidate';
import { kindColumnsOf, toKindMapping } from './kind-draft';
import { toMapping } from './mapping-draft';

/** What is known of a file of a dataset, whether it is at hand or not. */
export interface FileCard extends Omit<DatasetFile, 'blob'> {
  /** Its place in the dataset, which is the number of its staged table. */
  readonly number: number;
  /** The names of its columns. */
  readonly headers: readonly string[];
  /** Its columns as they may be seen. */
  readonly columns: readonly SeenColumn[];
  readonly fingerprint: string;
  /** Which table of its file it is; null for a file that is delimited text itself. */
  readonly table: TableChoice | null;
}

/** A file of a dataset as it was dropped. */
export interface RoomFile extends FileCard {
  readonly blob: Blob;
}

/** The tables as files of a dataset, each with what was settled for it; the orders first, otherwise as they lie there. */
export function datasetFiles(used: readonly Candidate[], zoneOffsetMinutes: number): readonly RoomFile[] {
  const files = used.flatMap((candidate): Omit<RoomFile, 'number'>[] => {
    const { file, name, origin, preview } = candidate;
    const plan = planOf(candidate, zoneOffsetMinutes);
    if (plan === null || preview === null) return [];
    const headers = preview.columns.map((column) => column.name);
    const columns = preview.columns.map(({ name: header, personal }, place): SeenColumn => {
      return { name: header, role: roleIn(plan, place), found: personal };
    });
    const table = origin?.choice ?? null;
    return [{ blob: file, name, plan, headers, columns, fingerprint: preview.fingerprint, table }];
  });
  const rank = ({ plan }: DatasetFile): number => (plan.kind === 'orders' ? 0 : 1);
  return files.toSorted((a, b) => rank(a) - rank(b)).map((file, number) => ({ ...file, number }));
}

/** What is settled for a table; null for one that was not looked into or is not used. */
export function planOf({ kind, preview, draft, kindDraft }: Candidate, zoneOffsetMinutes: number): FilePlan | null {
  if (preview === null || draft === null || kind === 'unused') return null;
  if (kind !== 'orders') {
    return kindDraft === null ? null : { kind, mapping: toKindMapping(kindDraft, preview, zoneOffsetMinutes) };
  }
  const columns = kindColumnsOf(preview);
  const roles = draft.columns.map((column) => column.role);
  const customer = columns[roles.indexOf('customerId')];
  return {
    kind,
    mapping: toMapping(draft, preview.dialect),
    customerRole: customer === undefined ? 'customer' : customerRoleOf(customer),
    people: orderPeopleOf(columns, roles),
  };
}

/** What a column was said to be; of orders also who else they name. */
function roleIn(plan: FilePlan, place: number): string | null {
  const person = plan.kind === 'orders' ? plan.people.find(({ column }) => column === place) : undefined;
  return person?.role ?? plan.mapping.columns[place]?.role ?? null;
}
