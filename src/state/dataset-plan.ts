import type { DatasetFile, FilePlan } from '../ingest/dataset/dataset-files';
import { customerRoleOf, orderPeopleOf } from '../ingest/kinds/order-people';
import type { Candidate } from './import-candidate';
import { kindColumnsOf, toKindMapping } from './kind-draft';
import { toMapping } from './mapping-draft';

/** The tables as files of a dataset, each with what was settled for it; the orders first, otherwise as they lie there. */
export function datasetFiles(used: readonly Candidate[], zoneOffsetMinutes: number): readonly DatasetFile[] {
  const files = used.flatMap((candidate): DatasetFile[] => {
    const plan = planOf(candidate, zoneOffsetMinutes);
    return plan === null ? [] : [{ blob: candidate.file, name: candidate.name, plan }];
  });
  const rank = ({ plan }: DatasetFile): number => (plan.kind === 'orders' ? 0 : 1);
  return files.sort((a, b) => rank(a) - rank(b));
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
