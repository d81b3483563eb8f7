import type { Source } from '../../analyses/analysis';
import type { ChartEntry, ChartSession } from '../../analyses/charts';
import { loadCharts } from '../../analyses/charts-registry';
import type { PinnedChart } from '../../state/recipe/dashboard-recipe';

/** A chart and what it reads. */
export interface OpenPin {
  readonly session: ChartSession;
  readonly chart: ChartEntry<ChartSession>;
}

/** The sessions behind the charts of a dashboard: one for all charts of the same analysis and parameters. */
export class PinSessions {
  readonly #source: Source;
  readonly #sessions = new Map<string, ChartSession>();
  #opened = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Null where the analysis has no such chart. */
  async open(pin: PinnedChart): Promise<OpenPin | null> {
    const charts = await loadCharts(pin.analysis);
    const chart = charts?.charts[pin.chart];
    if (charts === null || chart === undefined) return null;
    const name = nameOf(pin);
    const session = this.#sessions.get(name) ?? charts.createSession(this.#source, pin.params, `_pin${++this.#opened}`);
    this.#sessions.set(name, session);
    return { session, chart };
  }

  /** Closes what none of the charts reads any more. */
  keepOnly(pins: readonly PinnedChart[]): void {
    const names = new Set(pins.map(nameOf));
    for (const [name, session] of this.#sessions) {
      if (names.has(name)) continue;
      session.close();
      this.#sessions.delete(name);
    }
  }

  /** Lets nothing stand out but in the charts of one session, or in none. */
  calm(but: ChartSession | null): void {
    for (const session of this.#sessions.values()) if (session !== but) session.setHighlight?.(null);
  }

  close(): void {
    this.keepOnly([]);
  }
}

function nameOf({ analysis, params }: PinnedChart): string {
  return JSON.stringify([analysis, params]);
}
