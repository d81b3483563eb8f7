import * as v from 'valibot';
import { isDay } from '../../core/dates';
import { AppError } from '../../core/errors';
import { PERSONAL_KINDS } from '../../core/personal-kinds';
import { filePlanSchema } from '../../ingest/dataset/dataset-files';
import { excerptSchema } from '../../ingest/excerpt/excerpt';
import { tableChoiceSchema } from '../../ingest/extract/extract-contract';
import { KIND_EVIDENCE } from '../../ingest/privacy/kind-found';
import type { KeptAudience } from '../audiences.svelte';
import type { FileCard } from '../dataset-plan';
import type { KeptProfile } from '../quality-files';
import { parseRecipe, type Recipe } from '../recipe/recipe';
import type { Dataset } from '../workspace.svelte';
import { fileReportSchema, importReportSchema, joinSchema, layoutSchema, renamedSchema } from './report-schema';

export const DOCUMENT_FORMAT = 'silhouette-dataset';
export const DOCUMENT_VERSION = 1;

const LONGEST = 100_000;
const name = v.pipe(v.string(), v.maxLength(300));
const day = v.pipe(v.string(), v.check(isDay, 'invalid day: needs YYYY-MM-DD'));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const datasetSchema = v.object({
  name,
  layout: layoutSchema,
  report: importReportSchema,
  files: v.pipe(v.array(fileReportSchema), v.maxLength(500)),
  join: joinSchema,
  renamed: renamedSchema,
  excerpt: excerptSchema,
  isSample: v.boolean(),
});

const cardSchema = v.object({
  number: count,
  name,
  plan: filePlanSchema,
  headers: v.pipe(v.array(v.string()), v.maxLength(20_000)),
  columns: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        role: v.nullable(v.string()),
        found: v.array(
          v.object({
            kind: v.picklist(PERSONAL_KINDS),
            share: v.number(),
            confidence: v.number(),
            evidence: v.picklist(KIND_EVIDENCE),
          }),
        ),
      }),
    ),
    v.maxLength(20_000),
  ),
  fingerprint: name,
  table: v.nullable(tableChoiceSchema),
});

const audienceSchema = v.object({
  audience: v.object({
    id: v.pipe(v.string(), v.regex(/^a\d+$/)),
    name,
    created: day,
    origin: v.object({
      title: name,
      statement: v.pipe(v.string(), v.maxLength(LONGEST)),
      color: v.optional(name),
    }),
    count,
    savedCount: count,
  }),
  bundles: v.array(v.string()),
});

const documentSchema = v.object({
  format: v.literal(DOCUMENT_FORMAT),
  version: v.literal(DOCUMENT_VERSION),
  dataset: datasetSchema,
  cards: v.pipe(v.array(cardSchema), v.maxLength(500)),
  recipe: v.unknown(),
  audiences: v.pipe(v.array(audienceSchema), v.maxLength(500)),
  /** Made by this app of the rows, and checked by the library's hashes or tags with everything else. */
  profile: v.custom<readonly KeptProfile[]>(Array.isArray),
});

/** Everything about a dataset that is not in its tables, as plain JSON: it holds names and values of customers. */
export interface KeptDocument {
  readonly format: typeof DOCUMENT_FORMAT;
  readonly version: typeof DOCUMENT_VERSION;
  readonly dataset: Dataset;
  readonly cards: readonly FileCard[];
  readonly recipe: Recipe;
  readonly audiences: readonly KeptAudience[];
  readonly profile: readonly KeptProfile[];
}

/** Throws `library-newer` for a document of a later version, and `library-damaged` naming the place. */
export function parseDocument(json: unknown): KeptDocument {
  const { version } = v.is(v.object({ version: v.number() }), json) ? json : { version: 0 };
  if (version > DOCUMENT_VERSION) throw new AppError('library-newer', { version });
  const read = v.safeParse(documentSchema, json);
  if (!read.success) throw new AppError('library-damaged', { name: v.getDotPath(read.issues[0]) ?? 'version' });
  return { ...read.output, recipe: parseRecipe(read.output.recipe) };
}
