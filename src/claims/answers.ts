import type {
  AftermathAnswerRow,
  BuyersAnswerRow,
  DriversAnswerRow,
  FlowRow,
  Lookback,
  Measure,
  RecordRow,
  UnisonRow,
} from '../core/index.js';
import type { ClaimBasis } from './claim.js';

/** One market, class and week, as a study is asked about it. */
export interface StudyAsk {
  readonly basis: ClaimBasis;
  readonly contract: string | null;
  readonly sector: string | null;
  /** Null asks about every class. */
  readonly class: string | null;
  /** Any day of the week; null = the newest known. */
  readonly week: string | null;
}

export interface RecordsAsk extends StudyAsk {
  readonly measure: Measure;
  readonly lookback: Lookback;
}

export interface AftermathAsk extends StudyAsk {
  readonly measure: Measure;
}

export interface UnisonAsk extends StudyAsk {
  /** The classes that are held together; null = those that the basis always tests together. */
  readonly classes: readonly string[] | null;
}

export interface FlowsAsk extends StudyAsk {
  /** How many weeks up to the week asked about. */
  readonly weeks: number;
}

/** What a study answers, with the command that answers the same; or why it cannot. */
export type Answered<Row> =
  | { readonly command: string; readonly rows: readonly Row[] }
  | { readonly command: string; readonly missing: string };

/** The studies that decide claims. A claim never queries by itself. */
export interface ClaimAnswers {
  records(ask: RecordsAsk): Promise<Answered<RecordRow>>;
  buyers(ask: StudyAsk): Promise<Answered<BuyersAnswerRow>>;
  unison(ask: UnisonAsk): Promise<Answered<UnisonRow>>;
  drivers(ask: StudyAsk): Promise<Answered<DriversAnswerRow>>;
  aftermath(ask: AftermathAsk): Promise<Answered<AftermathAnswerRow>>;
  /** Weekly rows, oldest first. */
  flows(ask: FlowsAsk): Promise<Answered<FlowRow & { readonly price?: number | null }>>;
}
