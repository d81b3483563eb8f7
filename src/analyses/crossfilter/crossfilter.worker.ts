import type { RowChunk } from '../../kernels/crossfilter/binned-rows';
import { exposeMethods, transfer } from '../../workers/expose';
import { createCubes, type CubeApi } from './cube-work';

const cubes = createCubes();

const cube: CubeApi['cube'] = (active, filters) => {
  const made = cubes.cube(active, filters);
  const arrays = [...Object.values(made.totals), ...made.tables.flatMap(({ customers, money }) => [customers, money])];
  return transfer(
    made,
    arrays.map((array) => array.buffer),
  );
};

exposeMethods({
  open: (...[binCounts, rows]: Parameters<CubeApi['open']>) => cubes.open(binCounts, rows),
  add: (chunk: RowChunk) => cubes.add(chunk),
  cube,
});
