import type { IsoDate } from '../../core/index.js';
import type { PriceMisprint } from '../price-writer.js';
import type { StockMarket } from '../stocks.js';
import { type SimulatedFiling, simulateFilings } from './filings.js';
import { type HerdingWorld, type Holdings, simulateHoldings } from './holdings.js';
import { type SimulatedManager, simulateManagers } from './managers.js';
import { dataSetQuarters, type HoldingsQuarter } from './quarters.js';
import { type HeldSecurity, heldBonds, heldSecurities } from './securities.js';
import { type ThirteenFTruth, thirteenFTruth } from './truth.js';

/** Six quarters of Form 13F as they were held, filed and published. */
export interface ThirteenFMarket {
  readonly quarters: readonly HoldingsQuarter[];
  readonly managers: readonly SimulatedManager[];
  readonly securities: readonly HeldSecurity[];
  readonly holdings: Holdings;
  readonly filings: readonly SimulatedFiling[];
  readonly truth: ThirteenFTruth;
}

export function simulateThirteenF(question: {
  readonly seed: number;
  readonly stocks: StockMarket;
  readonly endDate: IsoDate;
  readonly herding: HerdingWorld;
  readonly planted: boolean;
  /** A close that is misprinted, and so of no use. */
  readonly misprint: PriceMisprint | null;
}): ThirteenFMarket {
  const { seed, stocks, herding, planted } = question;
  const quarters = dataSetQuarters(question.endDate);
  const managers = simulateManagers(seed);
  const securities = heldSecurities(stocks, quarters, question.misprint);
  const holdings = simulateHoldings({
    seed,
    managers,
    securities,
    quarters: quarters.length,
    herding,
    planted,
  });
  const inputs = { seed, managers, securities, bonds: heldBonds(stocks), quarters, holdings, planted };
  const filings = simulateFilings(inputs);
  const truth = thirteenFTruth({ ...inputs, filings, herding });
  return { quarters, managers, securities, holdings, filings, truth };
}
