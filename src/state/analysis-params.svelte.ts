import type { RfmParams } from '../analyses/rfm/rfm-params';

/** The parameters of the analyses as they stand, for the recipe; null where nobody has been yet. */
export class AnalysisParams {
  #rfm = $state.raw<RfmParams | null>(null);

  get rfm(): RfmParams | null {
    return this.#rfm;
  }

  setRfm(params: RfmParams | null): void {
    this.#rfm = params;
  }
}
