import type { Component } from 'svelte';
import type { AnalysisCharts, ChartEntry, ChartProps } from '../charts';
import type { CrossfilterParams } from './crossfilter-params';
import { CrossfilterSession } from './crossfilter-session.svelte';
import { cubesInWorker } from './cube-worker';
import { dimensionTitle } from './dimension-words';
import DimensionChart from './DimensionChart.svelte';
import { DIMENSION_IDS, type DimensionId } from './dimensions';

/** DimensionChart of one dimension; the properties stay live. */
function chartOf(dimension: DimensionId): Component<ChartProps<CrossfilterSession>> {
  return (internals, props) =>
    DimensionChart(internals, {
      dimension,
      get session() {
        return props.session;
      },
      get selection() {
        return props.selection;
      },
      get onselect() {
        return props.onselect;
      },
    });
}

/** Each dimension's chart, under the dimension's name. */
export const crossfilterCharts: AnalysisCharts<CrossfilterParams, CrossfilterSession> = {
  createSession: (source, params, suffix) => new CrossfilterSession(source, cubesInWorker, params, suffix),
  charts: Object.fromEntries(
    DIMENSION_IDS.map((id): readonly [string, ChartEntry<CrossfilterSession>] => [
      id,
      { title: (i18n) => dimensionTitle(i18n, id), view: chartOf(id) },
    ]),
  ),
};
