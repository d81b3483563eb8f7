import { describe, expect, it } from 'vitest';
import { CHANGE_DEFAULTS } from '../../../../src/analyses/change/change-params';
import { CROSSFILTER_DEFAULTS } from '../../../../src/analyses/crossfilter/crossfilter-params';
import { CROSSSHOP_DEFAULTS } from '../../../../src/analyses/crossshop/crossshop-params';
import { UNSETTLED } from '../../../../src/analyses/params-schemas';
import { RFM_DEFAULTS } from '../../../../src/analyses/rfm/rfm-params';
import { DEFAULT_CHOICES } from '../../../../src/ingest/identity/identity-choices';
import { DEFAULT_POLICY } from '../../../../src/ingest/policy';
import { DEFAULT_MASKING_POLICY } from '../../../../src/ingest/privacy/masking-policy';
import { expressionsIn, parseRecipe, valuesIn, withoutValues, type Recipe } from '../../../../src/state/recipe/recipe';

const recipe: Recipe = {
  format: 'silhouette-recipe',
  version: 1,
  name: '月度客户画像',
  files: [
    {
      fingerprint: 'print',
      name: '订单-2024-01.csv',
      table: null,
      columns: ['会员号', '下单时间', '实付金额', '城市'],
      plan: {
        kind: 'orders',
        mapping: {
          dialect: { encoding: 'gb18030', delimiter: ',', hasHeader: true, skipLines: 0 },
          columns: [
            { role: 'customerId', timeFormat: null, numberFormat: null },
            { role: 'orderedAt', timeFormat: 'ymd', numberFormat: null },
            { role: 'amount', timeFormat: null, numberFormat: 'point' },
            { role: 'city', timeFormat: null, numberFormat: null },
          ],
          zoneOffsetMinutes: 480,
        },
        customerRole: 'member',
        people: [],
      },
      cleaning: {
        version: 1,
        steps: [
          { id: 's1', on: true, action: { do: 'trim', columns: 'all' } },
          {
            id: 's2',
            on: true,
            action: { do: 'merge-spellings', column: '城市', groups: [{ to: '上海', from: ['上海市', 'SH'] }] },
          },
          { id: 's3', on: true, action: { do: 'keep-rows', expression: '"实付金额" <> \'0\'' } },
        ],
      },
      rules: [],
    },
  ],
  excerpt: { from: '2024-01-01', to: null, oneIn: 4, residue: 3 },
  policy: { ...DEFAULT_POLICY, statusClasses: { 交易关闭: 'leave-out' } },
  identity: {
    ...DEFAULT_CHOICES,
    decisions: { allowedValues: [{ kind: 'phone', value: '15400000000' }], pairs: [] },
  },
  privacy: { ...DEFAULT_MASKING_POLICY, exportIds: 'plain' },
  scope: { asOf: null, from: '2024-01-01' },
  analyses: { ...UNSETTLED, rfm: RFM_DEFAULTS },
  dashboard: {
    title: '周一例会',
    charts: [
      {
        id: 'c2',
        analysis: 'rfm',
        chart: 'grid',
        params: RFM_DEFAULTS,
        title: '',
        note: '致电 15500000000',
        width: 'half',
      },
      { id: 'c1', analysis: 'rfm', chart: 'bars', params: RFM_DEFAULTS, title: '谁带来收入', note: '', width: 'full' },
    ],
  },
  audiences: [{ name: '春季名单', title: 'Champions', statement: 'SELECT customer_key FROM customers' }],
};

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a recipe', () => {
  it('comes back from its file as it was', () => {
    expect(parseRecipe(asJson(recipe))).toEqual(recipe);
  });

  it('written before there was a choice takes everything, and one that cannot be is refused', () => {
    const { excerpt, ...older } = recipe;
    expect(excerpt.oneIn).toBe(4);
    expect(parseRecipe(asJson(older)).excerpt).toEqual({ from: null, to: null, oneIn: 1, residue: 0 });
    for (const wrong of [{ oneIn: 0 }, { oneIn: 2.5 }, { residue: 4 }, { from: '2024-02-30' }, { to: '2023-01-01' }]) {
      const changed = { ...recipe, excerpt: { ...excerpt, ...wrong } };
      expect(() => parseRecipe(changed), JSON.stringify(wrong)).toThrow('recipe-invalid: place=excerpt');
    }
  });

  it('written before there was a dashboard has an empty one, and one that cannot be shown is refused by its place', () => {
    const { dashboard, ...older } = recipe;
    expect(parseRecipe(asJson(older)).dashboard).toEqual({ title: '', charts: [] });
    const [chart] = dashboard.charts;
    const wrong = [
      [{ ...chart, analysis: 'horoscope' }, 'dashboard.charts.0.analysis'],
      [{ ...chart, params: { ...RFM_DEFAULTS, compareWith: '2024-02-30' } }, 'dashboard.charts.0.params'],
      [{ ...chart, params: null }, 'dashboard.charts.0.params'],
      [{ ...chart, chart: '<grid>' }, 'dashboard.charts.0.chart'],
      [{ ...chart, id: 'c1' }, 'dashboard.charts'],
    ] as const;
    for (const [changed, place] of wrong) {
      const charts = [changed, ...dashboard.charts.slice(1)];
      expect(() => parseRecipe({ ...recipe, dashboard: { ...dashboard, charts } }), place).toThrow(
        `recipe-invalid: place=${place}`,
      );
    }
  });

  it('of a newer version is refused by that name, and what is no recipe by its place', () => {
    expect(() => parseRecipe({ ...recipe, version: 2 })).toThrow('recipe-newer');
    for (const wrong of [null, [], 'recipe', 7, {}, { format: 'other' }]) {
      expect(() => parseRecipe(wrong), JSON.stringify(wrong)).toThrow('recipe-invalid: place=format');
    }
    expect(() => parseRecipe({ ...recipe, policy: { ...DEFAULT_POLICY, returns: 'some' } })).toThrow(
      'recipe-invalid: place=policy.returns',
    );
    expect(() => parseRecipe({ ...recipe, scope: { asOf: '2024-02-30', from: null } })).toThrow(
      'recipe-invalid: place=scope.asOf',
    );
  });

  it('tells every expression it would run, so that none runs unasked', () => {
    expect(expressionsIn(recipe)).toEqual(['"实付金额" <> \'0\'', 'SELECT customer_key FROM customers']);
  });
});

describe('a recipe for others', () => {
  const shared = withoutValues(recipe);

  it('holds nothing that was taken from a value of the data', () => {
    expect(valuesIn(recipe)).toBe(4);
    expect(valuesIn(shared)).toBe(0);
    expect(JSON.stringify(shared)).not.toMatch(/上海|15400000000|春季名单|交易关闭|15500000000/);
  });

  it('holds no category or channel that was chosen in an analysis, in its settings or on the dashboard', () => {
    const focus = { name: '羊绒大衣' };
    const change = { ...CHANGE_DEFAULTS, focus };
    const crossshop = { ...CROSSSHOP_DEFAULTS, dimension: 'category' as const, sets: [['羊绒大衣'], ['围巾', '手套']] };
    const days = { from: 0, to: 90 };
    const labels = { labels: ['羊绒大衣'], others: false, unknown: false };
    const crossfilter = { ...CROSSFILTER_DEFAULTS, filters: { recency: days, category: labels } };
    const pinned = {
      id: 'c3',
      analysis: 'change',
      chart: 'gain',
      params: change,
      title: '',
      note: '',
      width: 'half',
    } as const;
    const own: Recipe = {
      ...recipe,
      analyses: { ...recipe.analyses, change, crossshop, crossfilter },
      dashboard: { ...recipe.dashboard, charts: [...recipe.dashboard.charts, pinned] },
    };
    expect(parseRecipe(asJson(own))).toEqual(own);
    expect(valuesIn(own)).toBe(valuesIn(recipe) + 4);
    const given = withoutValues(own);
    expect(valuesIn(given)).toBe(0);
    expect(JSON.stringify(given)).not.toMatch(/羊绒大衣|围巾/);
    expect(given.analyses.crossfilter?.filters).toEqual({ recency: days });
    expect(given.dashboard.charts[2]?.params).toEqual(CHANGE_DEFAULTS);
    expect(parseRecipe(asJson(given))).toEqual(given);
  });

  it('holds no step and no rule that names somebody, whoever wrote it', () => {
    const [file] = recipe.files;
    if (file === undefined) throw new Error('the recipe has a file');
    const expression = "手机号 <> '13812345678'";
    const steps = [{ id: 's1', on: true, action: { do: 'keep-rows', expression } }] as const;
    const check = { kind: 'expression', expression: "邮箱 <> 'zoe@example.com'" } as const;
    const rules = [{ id: 'r1', isOn: true, isOwn: true, check }];
    const own = {
      ...recipe,
      files: [{ ...file, cleaning: { version: 1 as const, steps: [...steps] }, rules: [...rules] }],
    };
    expect(JSON.stringify(withoutValues(own))).not.toMatch(/13812345678|zoe@/);
    expect(valuesIn(own)).toBe(5);
  });

  it('keeps how everything is done, and masks what was shown here on purpose', () => {
    expect(shared.files[0]?.cleaning.steps.map(({ id }) => id)).toEqual(['s1', 's3']);
    expect(shared.files[0]?.plan).toEqual(recipe.files[0]?.plan);
    expect(shared.identity?.keys).toEqual(DEFAULT_CHOICES.keys);
    expect(shared.dashboard.charts.map(({ chart, title }) => [chart, title])).toEqual([
      ['grid', ''],
      ['bars', '谁带来收入'],
    ]);
    expect(shared.privacy.exportIds).toBe('pseudonym');
    expect(parseRecipe(asJson(shared))).toEqual(shared);
  });
});
