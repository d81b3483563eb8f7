import { BinnedRows, type RowChunk } from '../../kernels/crossfilter/binned-rows';
import type { BinFilter, BrushCube } from '../../kernels/crossfilter/brush-cube';

/** What the page may ask of the worker that holds the customers. */
export interface CubeApi {
  /** Forgets the customers it held and makes room for others. */
  open(binCounts: readonly number[], rows: number): void;
  add(chunk: RowChunk): void;
  cube(active: number, filters: readonly BinFilter[]): BrushCube;
}

/** The same from outside. Rejects with AppErrors; calls are answered in their order. */
export interface CubeWork {
  open(binCounts: readonly number[], rows: number): Promise<void>;
  add(chunk: RowChunk): Promise<void>;
  cube(active: number, filters: readonly BinFilter[]): Promise<BrushCube>;
  /** Lets the customers go. */
  close(): void;
}

export function createCubes(): CubeApi {
  let rows = new BinnedRows([1], 0);
  return {
    open: (binCounts, count) => {
      rows = new BinnedRows(binCounts, count);
    },
    add: (chunk) => rows.add(chunk),
    cube: (active, filters) => rows.cube(active, filters),
  };
}

/** Without a worker: for tests and the command line. Blocks its thread. */
export function cubesInProcess(): CubeWork {
  const cubes = createCubes();
  return {
    open: async (binCounts, rows) => cubes.open(binCounts, rows),
    add: async (chunk) => cubes.add(chunk),
    cube: async (active, filters) => cubes.cube(active, filters),
    close: () => undefined,
  };
}
