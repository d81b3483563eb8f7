/** Runs of this length are sorted by insertion before they are merged. */
const RUN = 24;

/**
 * Sorts the rows in `places[from..to)` by their time, rows of equal time staying as they are.
 * `spare` needs the length of `places`. Cost: O(m) when they lie in order, else O(m log m).
 */
export function sortByTime(places: Int32Array, from: number, to: number, times: Float64Array, spare: Int32Array): void {
  if (isSorted(places, from, to, times)) return;
  for (let start = from; start < to; start += RUN) insertionSort(places, start, Math.min(start + RUN, to), times);
  for (let width = RUN; width < to - from; width *= 2) {
    for (let start = from; start + width < to; start += 2 * width) {
      merge(places, start, start + width, Math.min(start + 2 * width, to), times, spare);
    }
  }
}

function isSorted(places: Int32Array, from: number, to: number, times: Float64Array): boolean {
  for (let i = from + 1; i < to; i++) {
    if ((times[places[i] as number] as number) < (times[places[i - 1] as number] as number)) return false;
  }
  return true;
}

function insertionSort(places: Int32Array, from: number, to: number, times: Float64Array): void {
  for (let i = from + 1; i < to; i++) {
    const row = places[i] as number;
    const time = times[row] as number;
    let j = i - 1;
    while (j >= from && (times[places[j] as number] as number) > time) {
      places[j + 1] = places[j] as number;
      j--;
    }
    places[j + 1] = row;
  }
}

function merge(
  places: Int32Array,
  from: number,
  middle: number,
  to: number,
  times: Float64Array,
  spare: Int32Array,
): void {
  spare.set(places.subarray(from, middle), from);
  let left = from;
  let right = middle;
  let out = from;
  while (left < middle && right < to) {
    const takeLeft = (times[spare[left] as number] as number) <= (times[places[right] as number] as number);
    places[out++] = takeLeft ? (spare[left++] as number) : (places[right++] as number);
  }
  while (left < middle) places[out++] = spare[left++] as number;
}
