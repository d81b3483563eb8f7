import type { SharedSettings, Source } from '../../analyses/analysis';
import type { ChartEntry, ChartSession } from '../../analyses/charts';
import { loadCharts } from '../../analyses/charts-registry';
import type { AnalysisId } from '../../analyses/registry';
import { settledParams, type PinnedChart } from '../../state/recipe/dashboard-recipe';

/** A chart and what it reads. */
export interface OpenPin {
  readonly session: ChartSession;
  readonly chart: ChartEntry<ChartSession>;
}

interface PinSession {
  readonly analysis: AnalysisId;
  readonly session: ChartSession;
}

/** The sessions behind the charts of a dashboard: one for all charts of the same analysis and parameters. */
export class PinSessions {
  readonly #source: Source;
  readonly #audiences: () => SharedSettings['audiences'];
  readonly #open = new Set<PinSession>();
  /** Which of them each chart reads, by the chart's id. */
  readonly #readBy = new Map<string, PinSession>();
  #opened = 0;

  constructor(source: Source, audiences: () => SharedSettings['audiences']) {
    this.#source = source;
    this.#audiences = audiences;
  }

  /** Null where the analysis has no such chart. */
  async open(pin: PinnedChart): Promise<OpenPin | null> {
    const charts = await loadCharts(pin.analysis);
    const chart = charts.charts[pin.chart];
    if (chart === undefined) return null;
    const known = [...this.#open].find((open) => isOf(pin, open));
    const open = known ?? {
      analysis: pin.analysis,
      session: charts.createSession(this.#source, pin.params, `_pin${++this.#opened}`),
    };
    open.session.setAudiences?.(this.#audiences());
    this.#open.add(open);
    this.#readBy.set(pin.id, open);
    return { session: open.session, chart };
  }

  /** Closes what none of the charts reads any more. */
  keepOnly(pins: readonly PinnedChart[]): void {
    const read = new Set(pins.map(({ id }) => this.#readBy.get(id)));
    for (const open of this.#open) {
      if (read.has(open)) continue;
      open.session.close();
      this.#open.delete(open);
    }
  }

  /** Lets nothing stand out but in the charts of one session, or in none. */
  calm(but: ChartSession | null): void {
    for (const { session } of this.#open) if (session !== but) session.setHighlight?.(null);
  }

  close(): void {
    this.keepOnly([]);
  }
}

/** True when the session is of the chart's parameters as they stand. */
function isOf({ analysis, params }: PinnedChart, open: PinSession): boolean {
  return open.analysis === analysis && isSame(analysis, open.session.params, params);
}

/** True when both come to the same; `pinned` is settled already. */
export function isSame(analysis: AnalysisId, params: object, pinned: object): boolean {
  return JSON.stringify(settledParams(analysis, params)) === JSON.stringify(pinned);
}
