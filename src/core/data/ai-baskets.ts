import type { IsoDate } from '../units.js';

/** A company in a basket, from the day on which it could be counted in by what was public. */
export interface BasketMember {
  readonly symbol: string;
  readonly validFrom: IsoDate;
  readonly reason: string;
}

/** A list of companies that stands for a theme. A change is a new version. */
export interface Basket {
  readonly version: string;
  /** Day on which the list was made. Weeks before it are judged with hindsight. */
  readonly pickedOn: IsoDate;
  readonly members: readonly BasketMember[];
}

const member = (symbol: string, validFrom: string, reason: string): BasketMember => ({
  symbol,
  validFrom: validFrom as IsoDate,
  reason,
});

/**
 * Large United States companies whose business is taken for that of artificial intelligence. Each enters on the day of a public
 * statement; which companies had such a day was chosen in 2026, when it was known who had won.
 */
export const AI_BASKETS: readonly Basket[] = [
  {
    version: 'ai-basket-1',
    pickedOn: '2026-11-22' as IsoDate,
    members: [
      member('IBM', '2014-01-09', 'forms the Watson Group as a business of its own'),
      member('GOOGL', '2016-04-28', 'letter to shareholders: from a mobile-first to an AI-first world'),
      member('NVDA', '2016-05-12', 'quarterly report names deep learning as what drives its data centres'),
      member('MSFT', '2019-07-22', 'invests a billion dollars in OpenAI'),
      member('META', '2023-02-24', 'releases the language model LLaMA'),
      member('AMZN', '2023-04-13', 'announces Bedrock, language models as a service'),
      member('PLTR', '2023-05-08', 'quarterly report introduces its Artificial Intelligence Platform'),
      member('AVGO', '2023-06-01', 'quarterly call gives the share of generative AI in its revenue'),
      member('ORCL', '2023-06-12', 'quarterly report names generative AI as demand for its cloud'),
      member('AMD', '2023-06-13', 'announces the accelerator MI300X'),
      member('MU', '2024-02-26', 'begins volume production of HBM3E memory for accelerators'),
    ],
  },
];
