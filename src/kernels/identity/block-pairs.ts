/** How far the search for pairs may go. */
export interface BlockLimits {
  /** Blocks of more records than this are passed over: a common name pairs everybody with everybody. */
  readonly mostRecordsABlock: number;
  readonly mostPairs: number;
}

/** Pairs of records that share a block, left < right, each once, rising by left and then right. */
export interface BlockedPairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** By rule: blocks that were passed over, and the records in them. */
  readonly skippedBlocks: Int32Array;
  readonly skippedRecords: Int32Array;
  /** True when mostPairs was reached; later rules then have fewer pairs than they would. */
  readonly isCut: boolean;
}

/**
 * The pairs of records that at least one rule puts into the same block.
 *
 * @param rules one array of n block codes a rule; a negative code is no block
 * @param limits both 2 or more; otherwise RangeError
 * Cost: a sort of n records a rule, and of the pairs; 12 bytes a pair.
 */
export function blockPairs(rules: readonly Int32Array[], limits: BlockLimits): BlockedPairs {
  const { mostRecordsABlock, mostPairs } = limits;
  if (mostRecordsABlock < 2) throw new RangeError(`invalid mostRecordsABlock: ${mostRecordsABlock} (needs 2 or more)`);
  if (mostPairs < 2) throw new RangeError(`invalid mostPairs: ${mostPairs} (needs 2 or more)`);
  const n = rules[0]?.length ?? 0;
  const skippedBlocks = new Int32Array(rules.length);
  const skippedRecords = new Int32Array(rules.length);
  // A pair as one number: exact while n^2 < 2^53, which is beyond 90 million records.
  let found: Float64Array = new Float64Array(0);
  let isCut = false;
  rules.forEach((codes, rule) => {
    const fresh = new Pairs();
    forEachBlock(codes, (members) => {
      if (members.length > mostRecordsABlock) {
        skippedBlocks[rule]!++;
        skippedRecords[rule]! += members.length;
        return;
      }
      if (found.length + fresh.length >= mostPairs) {
        isCut = true;
        return;
      }
      for (let i = 0; i < members.length; i++) {
        for (let j = i + 1; j < members.length; j++) fresh.push(members[i]! * n + members[j]!);
      }
    });
    found = mergeDistinct(found, fresh.sorted());
  });
  const count = Math.min(found.length, mostPairs);
  if (count < found.length) isCut = true;
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const pair = found[i] as number;
    left[i] = Math.floor(pair / n);
    right[i] = pair % n;
  }
  return { left, right, skippedBlocks, skippedRecords, isCut };
}

/** Calls `visit` with the records of each block of two or more, rising, blocks by rising code. */
function forEachBlock(codes: Int32Array, visit: (members: Int32Array) => void): void {
  const most = codes.reduce((max, code) => Math.max(max, code), -1);
  const starts = new Int32Array(most + 2);
  for (const code of codes) if (code >= 0) starts[code + 1]!++;
  for (let code = 0; code <= most; code++) starts[code + 1]! += starts[code]!;
  const next = starts.slice();
  const members = new Int32Array(starts[most + 1] ?? 0);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code >= 0) members[next[code]!++] = i;
  }
  for (let code = 0; code <= most; code++) {
    const [start, end] = [starts[code]!, starts[code + 1]!];
    if (end - start > 1) visit(members.subarray(start, end));
  }
}

class Pairs {
  #values = new Float64Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Float64Array(this.#length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length++] = value;
  }

  sorted(): Float64Array {
    return this.#values.subarray(0, this.#length).sort();
  }
}

/** Two rising lists as one without repetitions. */
function mergeDistinct(a: Float64Array, b: Float64Array): Float64Array {
  const merged = new Float64Array(a.length + b.length);
  let n = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const takesA = j >= b.length || (i < a.length && a[i]! <= b[j]!);
    const value = takesA ? a[i++]! : b[j++]!;
    if (n === 0 || merged[n - 1] !== value) merged[n++] = value;
  }
  return merged.subarray(0, n);
}
