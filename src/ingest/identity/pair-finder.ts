import { blockPairs } from '../../kernels/identity/block-pairs';
import {
  chanceOf,
  countPatterns,
  fitLinkage,
  priorWeight,
  weightOf,
  type LinkageModel,
} from '../../kernels/identity/fellegi-sunter';
import { byWeight, mutualBest } from '../../kernels/identity/linkage-pairs';
import { BLOCKING_RULES, blockCodes, type BlockingRule } from './blocking';
import {
  COMPARISONS,
  START_CHANCES,
  START_PRIOR,
  compareRecords,
  type Comparison,
  type LinkRecord,
} from './comparisons';
import { modelAtLarge, nameChances } from './linkage-model';
import { loadNameSounds } from './name-sounds';

/** Some accounts as they come from the engine: '' where a value is unknown. */
export interface RecordChunk {
  readonly accounts: Int32Array;
  readonly name: readonly string[];
  readonly phone: readonly string[];
  readonly birthday: readonly string[];
  readonly email: readonly string[];
  readonly city: readonly string[];
}

export interface PairSearch {
  readonly mostRecordsABlock: number;
  readonly mostPairs: number;
  /** Pairs below this chance are not handed out. */
  readonly leastChance: number;
  /** The likeliest so many. */
  readonly mostListed: number;
}

export const DEFAULT_SEARCH: Omit<PairSearch, 'leastChance'> = {
  mostRecordsABlock: 60,
  mostPairs: 4_000_000,
  mostListed: 50_000,
};

/** What a level of a comparison brings, in doublings of the odds. */
export interface LevelWeights {
  readonly comparison: Comparison;
  /** By level, index 0 missing. */
  readonly m: readonly number[];
  readonly u: readonly number[];
  readonly weights: readonly number[];
}

/** Pairs that may be one person, the likeliest first. Left and right are account keys, left < right. */
export interface ProbablePairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly chances: Float64Array;
  /** pairs x comparisons, row by row. */
  readonly levels: Uint8Array;
  /** What the names bring, in doublings of the odds; it depends on how common the name is. */
  readonly nameWeights: Float64Array;
  /** 1 where neither side has a likelier partner. */
  readonly mutual: Uint8Array;
  readonly model: {
    readonly priorWeight: number;
    readonly comparisons: readonly LevelWeights[];
    readonly converged: boolean;
    readonly iterations: number;
  };
  readonly records: number;
  /** Pairs that were compared, and how many of them the keys had joined already. */
  readonly compared: number;
  readonly alreadyJoined: number;
  readonly skipped: readonly { readonly rule: BlockingRule; readonly blocks: number; readonly records: number }[];
  /** True when there were more pairs than could be compared or listed. */
  readonly isCut: boolean;
}

/**
 * Looks for accounts that are probably one person, though no key says so. Pairs that the keys did join
 * are compared too: they show the model what a match looks like.
 */
export class PairFinder {
  readonly #accounts: number[] = [];
  readonly #records: LinkRecord[] = [];

  async add(chunk: RecordChunk): Promise<void> {
    const sounds = await loadNameSounds();
    chunk.accounts.forEach((account, i) => {
      this.#accounts.push(account);
      const name = chunk.name[i] ?? '';
      this.#records.push({
        name,
        sound: name === '' ? '' : sounds.of(name),
        phone: chunk.phone[i] ?? '',
        birthday: chunk.birthday[i] ?? '',
        email: chunk.email[i] ?? '',
        city: chunk.city[i] ?? '',
      });
    });
  }

  /**
   * @param labels the customer of each account, by account key; accounts of one customer are no pairs
   * Cost: one map of texts a blocking rule, then about 3 microseconds a pair compared.
   */
  find(labels: Int32Array, search: PairSearch): ProbablePairs {
    const records = this.#records;
    const codes = BLOCKING_RULES.map((rule) => blockCodes(rule, records));
    const blocked = blockPairs(codes, search);
    const { left, right } = blocked;
    const columns = COMPARISONS.map(() => new Uint8Array(left.length));
    const row = new Uint8Array(COMPARISONS.length);
    for (let pair = 0; pair < left.length; pair++) {
      compareRecords(records[left[pair]!]!, records[right[pair]!]!, row);
      for (let k = 0; k < columns.length; k++) columns[k]![pair] = row[k]!;
    }
    const model = modelAtLarge(
      fitLinkage(countPatterns(columns), {
        prior: START_PRIOR,
        comparisons: COMPARISONS.map((comparison) => START_CHANCES[comparison]),
      }),
      left.length,
      records,
    );
    const nameWeights = weighNames(model, columns[0]!, left, records);
    const weights = totalWeights(model, columns, nameWeights);
    const isJoined = (pair: number): boolean =>
      labels[this.#accounts[left[pair]!]!] === labels[this.#accounts[right[pair]!]!];
    const best = mutualBest(records.length, left, right, withoutJoined(weights, isJoined));
    const likely: number[] = [];
    let alreadyJoined = 0;
    for (let pair = 0; pair < left.length; pair++) {
      if (isJoined(pair)) alreadyJoined++;
      else if (chanceOf(weights[pair]!) >= search.leastChance) likely.push(pair);
    }
    const at = (list: Int32Array) => Int32Array.from(likely, (pair) => this.#accounts[list[pair]!]!);
    const [leftAccounts, rightAccounts] = [at(left), at(right)];
    const order = byWeight(
      leftAccounts,
      rightAccounts,
      Float64Array.from(likely, (pair) => weights[pair]!),
    ).subarray(0, search.mostListed);
    const levels = new Uint8Array(order.length * columns.length);
    order.forEach((place, i) => {
      for (let k = 0; k < columns.length; k++) levels[i * columns.length + k] = columns[k]![likely[place]!]!;
    });
    return {
      left: Int32Array.from(order, (place) => Math.min(leftAccounts[place]!, rightAccounts[place]!)),
      right: Int32Array.from(order, (place) => Math.max(leftAccounts[place]!, rightAccounts[place]!)),
      chances: Float64Array.from(order, (place) => chanceOf(weights[likely[place]!]!)),
      levels,
      nameWeights: Float64Array.from(order, (place) => nameWeights[likely[place]!]!),
      mutual: Uint8Array.from(order, (place) => best[likely[place]!]!),
      model: describe(model),
      records: records.length,
      compared: left.length,
      alreadyJoined,
      skipped: BLOCKING_RULES.map((rule, i) => ({
        rule,
        blocks: blocked.skippedBlocks[i]!,
        records: blocked.skippedRecords[i]!,
      })),
      isCut: blocked.isCut || order.length < likely.length,
    };
  }
}

/**
 * By pair, what the names bring: for names that sound the same it depends on how many have that name.
 *
 * @source Winkler (1989), Frequency-based matching in Fellegi-Sunter model of record linkage
 */
function weighNames(
  model: LinkageModel,
  levels: Uint8Array,
  left: Int32Array,
  records: readonly LinkRecord[],
): Float64Array {
  const chances = model.comparisons[0]!;
  const shares = nameChances(records);
  return Float64Array.from(levels, (level, pair) =>
    level === SAME || level === SOUNDS_SAME
      ? Math.log2((chances.m[SAME]! + chances.m[SOUNDS_SAME]!) / shares(records[left[pair]!]!))
      : weightOf(chances, level),
  );
}

const SAME = 1;
const SOUNDS_SAME = 2;

function totalWeights(model: LinkageModel, columns: readonly Uint8Array[], nameWeights: Float64Array): Float64Array {
  const tables = model.comparisons.map((chances) =>
    Float64Array.from(chances.m, (_, level) => weightOf(chances, level)),
  );
  const prior = priorWeight(model);
  return nameWeights.map((ofName, pair) => {
    let sum = prior + ofName;
    for (let k = 1; k < columns.length; k++) sum += tables[k]![columns[k]![pair]!]!;
    return sum;
  });
}

/** Who the best partner is, is asked among those that are not joined yet. */
function withoutJoined(weights: Float64Array, isJoined: (pair: number) => boolean): Float64Array {
  return weights.map((weight, pair) => (isJoined(pair) ? -Infinity : weight));
}

function describe(model: LinkageModel): ProbablePairs['model'] {
  return {
    priorWeight: priorWeight(model),
    comparisons: model.comparisons.map((chances, k) => ({
      comparison: COMPARISONS[k]!,
      m: [...chances.m],
      u: [...chances.u],
      weights: Array.from(chances.m, (_, level) => weightOf(chances, level)),
    })),
    converged: model.converged,
    iterations: model.iterations,
  };
}
