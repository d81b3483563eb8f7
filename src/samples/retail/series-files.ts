import type { Locale } from '../../i18n/format';
import { csvLine, type TextFile } from '../csv-writer';
import { normal, poisson } from '../distributions';
import { demandByDay } from './calendar';
import type { RetailCompany } from './company';
import { holidayDays } from './holidays';

const SERIES_HEADER: Readonly<Record<Locale, readonly string[]>> = {
  en: ['month', 'holiday_index', 'competitor_price_index', 'mean_temperature_c', 'rainy_days'],
  zh: ['月份', '节假日指数', '竞品价格指数', '平均气温', '降雨天数'],
};

/** What goes on outside the company, month by month. */
export function externalFile(company: RetailCompany, locale: Locale): TextFile {
  return {
    name: locale === 'zh' ? '灯笼生活-外部月度.csv' : 'lantern-external.csv',
    kind: 'external',
    encoding: 'utf-8',
    records: 25,
    *lines() {
      yield csvLine(SERIES_HEADER[locale]);
      const random = company.setting.streams('month', 0);
      let competitorPrice = 100;
      for (const [month, holidayIndex] of holidayIndices(company)) {
        competitorPrice += 0.2 + 1.2 * normal(random);
        const temperature = 17 - 11.5 * Math.cos(((Number(month.slice(5)) - 1.5) / 6) * Math.PI) + normal(random);
        const rainyDays = poisson(random, 10);
        yield csvLine([month, holidayIndex.toFixed(1), competitorPrice.toFixed(1), temperature.toFixed(1), rainyDays]);
      }
    },
  };
}

/** The calendar's own pull on demand in each month, 100 for the average day of the window. */
function holidayIndices({ setting }: RetailCompany): ReadonlyMap<string, number> {
  const demand = demandByDay(setting.window, 1);
  const average = demand.reduce((sum, value) => sum + value, 0) / demand.length;
  const months = new Map<string, { sum: number; days: number }>();
  setting.window.dayTexts.forEach((day, position) => {
    const month = months.get(day.slice(0, 7)) ?? { sum: 0, days: 0 };
    months.set(day.slice(0, 7), { sum: month.sum + (demand[position] ?? 0), days: month.days + 1 });
  });
  return new Map([...months].map(([month, { sum, days }]) => [month, ((sum / days) * 100) / average]));
}

const CAMPAIGN_HEADER: Readonly<Record<Locale, readonly string[]>> = {
  en: ['campaign_id', 'campaign', 'first_day', 'last_day', 'percent_off'],
  zh: ['活动编号', '活动名称', '开始日期', '结束日期', '折扣力度%'],
};

/** The calendar of campaigns that touch the window. */
export function campaignsFile(company: RetailCompany, locale: Locale): TextFile {
  const { campaigns } = company.setting.window;
  return {
    name: locale === 'zh' ? '灯笼生活-活动.csv' : 'lantern-campaigns.csv',
    kind: 'campaigns',
    encoding: 'utf-8',
    records: campaigns.length + 1,
    *lines() {
      yield csvLine(CAMPAIGN_HEADER[locale]);
      for (const { id, name, from, to, percentOff } of campaigns)
        yield csvLine([id, name[locale], from, to, percentOff]);
    },
  };
}

const HOLIDAY_HEADER: Readonly<Record<Locale, readonly string[]>> = {
  en: ['date', 'holiday'],
  zh: ['日期', '节日'],
};

/** The public holidays of the country, a row a day. */
export function holidaysFile(company: RetailCompany, locale: Locale): TextFile {
  const days = holidayDays(company.setting.window);
  return {
    name: locale === 'zh' ? '灯笼生活-节假日.csv' : 'lantern-holidays.csv',
    kind: 'holidays',
    encoding: 'utf-8',
    records: days.length + 1,
    *lines() {
      yield csvLine(HOLIDAY_HEADER[locale]);
      for (const { day, name } of days) yield csvLine([day, name[locale]]);
    },
  };
}
