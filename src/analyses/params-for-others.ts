import type { AnalysesSettings } from './params-schemas';

/** The settings for others: without the names of categories, brands, channels and the like that were chosen in the data. */
export function settingsForOthers(settings: AnalysesSettings): AnalysesSettings {
  const { change, crossfilter, crossshop } = settings;
  return {
    ...settings,
    change: change === null ? null : { ...change, focus: null },
    crossfilter: crossfilter === null ? null : { ...crossfilter, filters: rangesOf(crossfilter.filters) },
    crossshop: crossshop === null ? null : { ...crossshop, sets: null },
  };
}

/** How many of the analyses have settings that `settingsForOthers` changes. */
export function countSettingsWithValues(settings: AnalysesSettings): number {
  const shared = Object.values(settingsForOthers(settings));
  return Object.values(settings).filter((own, i) => JSON.stringify(own) !== JSON.stringify(shared[i])).length;
}

function rangesOf(filters: NonNullable<AnalysesSettings['crossfilter']>['filters']): typeof filters {
  return Object.fromEntries(
    Object.entries(filters).filter(([, filter]) => filter !== undefined && !('labels' in filter)),
  );
}
