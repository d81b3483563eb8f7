/**
 * AssemblyScript: the inner loops of K-Means, four rows at a time in SIMD. ../plain-pass.ts says the same in plain
 * TypeScript with the same additions in the same order, so that both give the same bits.
 *
 * Rows lie in groups of four: column f of row i is the number (i >> 2) * 4 * d + f * 4 + (i & 3) of x. The last group
 * is filled with zeros. `from` is a multiple of four. Numbers are f64, addresses are bytes.
 */

/** Squared distances of a group's four rows to k centroids, four numbers a centroid, for any d. */
function measureGroup(group: usize, d: i32, k: i32, centroids: usize, distances: usize): void {
  const row: usize = (<usize>d) << 3;
  let c = centroids;
  let target = distances;
  let j: i32 = 0;
  // Four centroids to every load of the rows: eight sums stay in registers.
  for (; j + 4 <= k; j += 4) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    let x = group;
    let p = c;
    const end = c + row;
    while (p < end) {
      const a = v128.load(x);
      const b = v128.load(x, 16);
      let q = v128.load64_splat(p);
      let t = f64x2.sub(a, q);
      s0 = f64x2.add(s0, f64x2.mul(t, t));
      t = f64x2.sub(b, q);
      s1 = f64x2.add(s1, f64x2.mul(t, t));
      q = v128.load64_splat(p + row);
      t = f64x2.sub(a, q);
      s2 = f64x2.add(s2, f64x2.mul(t, t));
      t = f64x2.sub(b, q);
      s3 = f64x2.add(s3, f64x2.mul(t, t));
      q = v128.load64_splat(p + row * 2);
      t = f64x2.sub(a, q);
      s4 = f64x2.add(s4, f64x2.mul(t, t));
      t = f64x2.sub(b, q);
      s5 = f64x2.add(s5, f64x2.mul(t, t));
      q = v128.load64_splat(p + row * 3);
      t = f64x2.sub(a, q);
      s6 = f64x2.add(s6, f64x2.mul(t, t));
      t = f64x2.sub(b, q);
      s7 = f64x2.add(s7, f64x2.mul(t, t));
      x += 32;
      p += 8;
    }
    v128.store(target, s0);
    v128.store(target, s1, 16);
    v128.store(target, s2, 32);
    v128.store(target, s3, 48);
    v128.store(target, s4, 64);
    v128.store(target, s5, 80);
    v128.store(target, s6, 96);
    v128.store(target, s7, 112);
    target += 128;
    c += row * 4;
  }
  for (; j < k; j++) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let x = group;
    const end = c + row;
    while (c < end) {
      const q = v128.load64_splat(c);
      let t = f64x2.sub(v128.load(x), q);
      s0 = f64x2.add(s0, f64x2.mul(t, t));
      t = f64x2.sub(v128.load(x, 16), q);
      s1 = f64x2.add(s1, f64x2.mul(t, t));
      x += 32;
      c += 8;
    }
    v128.store(target, s0);
    v128.store(target, s1, 16);
    target += 32;
  }
}

/** The same for d = 4, whose rows stay in registers over all centroids. */
function measureGroupOfFour(group: usize, k: i32, centroids: usize, distances: usize): void {
  const a0 = v128.load(group);
  const b0 = v128.load(group, 16);
  const a1 = v128.load(group, 32);
  const b1 = v128.load(group, 48);
  const a2 = v128.load(group, 64);
  const b2 = v128.load(group, 80);
  const a3 = v128.load(group, 96);
  const b3 = v128.load(group, 112);
  const end = centroids + ((<usize>k) << 5);
  let target = distances;
  for (let c = centroids; c < end; c += 32) {
    let q = v128.load64_splat(c);
    let t = f64x2.sub(a0, q);
    let s = f64x2.mul(t, t);
    t = f64x2.sub(b0, q);
    let u = f64x2.mul(t, t);
    q = v128.load64_splat(c, 8);
    t = f64x2.sub(a1, q);
    s = f64x2.add(s, f64x2.mul(t, t));
    t = f64x2.sub(b1, q);
    u = f64x2.add(u, f64x2.mul(t, t));
    q = v128.load64_splat(c, 16);
    t = f64x2.sub(a2, q);
    s = f64x2.add(s, f64x2.mul(t, t));
    t = f64x2.sub(b2, q);
    u = f64x2.add(u, f64x2.mul(t, t));
    q = v128.load64_splat(c, 24);
    t = f64x2.sub(a3, q);
    s = f64x2.add(s, f64x2.mul(t, t));
    t = f64x2.sub(b3, q);
    u = f64x2.add(u, f64x2.mul(t, t));
    v128.store(target, s);
    v128.store(target, u, 16);
    target += 32;
  }
}

/**
 * Puts each row from `from` up to `to` to its nearest centroid (k x d), on a tie to the smaller one.
 *
 * @param weights n numbers, or 0 = every row counts once
 * @param labels n bytes, read (to count the rows that move) and written
 * @param distances room for 4 k numbers, and after them for the four nearest
 * @param sums the block's results, zero at first: k x d weighted sums of rows, k weights, inertia, rows that moved
 */
export function assign(
  from: i32,
  to: i32,
  d: i32,
  k: i32,
  x: usize,
  weights: usize,
  labels: usize,
  centroids: usize,
  distances: usize,
  sums: usize,
): void {
  const groupBytes: usize = (<usize>d) << 5;
  const rowBytes: usize = (<usize>d) << 3;
  const nearest = distances + ((<usize>k) << 5);
  const clusterWeights = sums + rowBytes * <usize>k;
  let inertia: f64 = 0;
  let moved: f64 = 0;
  let group = x + groupBytes * <usize>(from >> 2);
  for (let i = from; i < to; i += 4) {
    if (d == 4) measureGroupOfFour(group, k, centroids, distances);
    else measureGroup(group, d, k, centroids, distances);
    let bestA = f64x2.splat(Infinity);
    let bestB = bestA;
    let labelA = i64x2.splat(0);
    let labelB = labelA;
    let distance = distances;
    for (let j: i32 = 0; j < k; j++) {
      const a = v128.load(distance);
      const b = v128.load(distance, 16);
      const label = i64x2.splat(j);
      labelA = v128.bitselect(label, labelA, f64x2.lt(a, bestA));
      labelB = v128.bitselect(label, labelB, f64x2.lt(b, bestB));
      bestA = f64x2.pmin(bestA, a);
      bestB = f64x2.pmin(bestB, b);
      distance += 32;
    }
    v128.store(nearest, bestA);
    v128.store(nearest, bestB, 16);
    const four =
      (<u32>i64x2.extract_lane(labelA, 0)) |
      ((<u32>i64x2.extract_lane(labelA, 1)) << 8) |
      ((<u32>i64x2.extract_lane(labelB, 0)) << 16) |
      ((<u32>i64x2.extract_lane(labelB, 1)) << 24);
    const lanes = min(4, to - i);
    for (let lane = 0; lane < lanes; lane++) {
      const label = (four >> (lane << 3)) & 255;
      const at: usize = labels + i + lane;
      if (load<u8>(at) != label) {
        store<u8>(at, label);
        moved += 1;
      }
      const weight = weights == 0 ? 1.0 : load<f64>(weights + ((<usize>(i + lane)) << 3));
      inertia += weight * load<f64>(nearest + (lane << 3));
      const total = clusterWeights + ((<usize>label) << 3);
      store<f64>(total, load<f64>(total) + weight);
      let value = group + ((<usize>lane) << 3);
      let sum = sums + rowBytes * <usize>label;
      const end = sum + rowBytes;
      while (sum < end) {
        store<f64>(sum, load<f64>(sum) + weight * load<f64>(value));
        value += 32;
        sum += 8;
      }
    }
    group += groupBytes;
  }
  const last = clusterWeights + ((<usize>k) << 3);
  store<f64>(last, inertia);
  store<f64>(last, moved, 8);
}

/**
 * The weighted sum over the rows of the lesser of what `nearest` holds and the squared distance to the point.
 *
 * @param nearest n numbers; where `keeps` is set, the lesser is written back
 */
export function approach(
  from: i32,
  to: i32,
  d: i32,
  x: usize,
  weights: usize,
  point: usize,
  nearest: usize,
  keeps: i32,
): f64 {
  const end = point + ((<usize>d) << 3);
  let potential: f64 = 0;
  let value = x + ((<usize>d) << 5) * <usize>(from >> 2);
  for (let i = from; i < to; i += 4) {
    let a = f64x2.splat(0);
    let b = a;
    for (let p = point; p < end; p += 8) {
      const q = v128.load64_splat(p);
      let t = f64x2.sub(v128.load(value), q);
      a = f64x2.add(a, f64x2.mul(t, t));
      t = f64x2.sub(v128.load(value, 16), q);
      b = f64x2.add(b, f64x2.mul(t, t));
      value += 32;
    }
    const at = nearest + ((<usize>i) << 3);
    a = f64x2.pmin(v128.load(at), a);
    b = f64x2.pmin(v128.load(at, 16), b);
    if (keeps) {
      v128.store(at, a);
      v128.store(at, b, 16);
    }
    const lanes = to - i;
    const weight = weights + ((<usize>i) << 3);
    potential += (weights == 0 ? 1.0 : load<f64>(weight)) * f64x2.extract_lane(a, 0);
    if (lanes > 1) potential += (weights == 0 ? 1.0 : load<f64>(weight, 8)) * f64x2.extract_lane(a, 1);
    if (lanes > 2) potential += (weights == 0 ? 1.0 : load<f64>(weight, 16)) * f64x2.extract_lane(b, 0);
    if (lanes > 3) potential += (weights == 0 ? 1.0 : load<f64>(weight, 24)) * f64x2.extract_lane(b, 1);
  }
  return potential;
}
