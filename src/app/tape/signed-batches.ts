import {
  openTapeDay,
  type QuotePull,
  type SignedPrints,
  type SigningSettings,
  sessionHours,
  type TapeDayIndex,
  TapeSigner,
  type TapeSymbol,
} from '../../tape/index.js';

/** Prints of one symbol's day, signed, batch by batch: each is good until the next, since its columns are written over. */
export function* signedBatches(
  index: TapeDayIndex,
  { symbol, tradeFormat, quoteFormat }: TapeSymbol,
  signing: Partial<SigningSettings>,
): Generator<SignedPrints> {
  const day = openTapeDay(index);
  try {
    const ready: SignedPrints[] = [];
    const told = {
      hasSubPennyPrices: tradeFormat!.hasSubPennyPrices,
      ...(quoteFormat?.quoteKind ? { quoteKind: quoteFormat.quoteKind } : {}),
    };
    const signer = new TapeSigner({ ...told, ...signing }, (signed) => ready.push(signed));
    signer.start(sessionHours(index.date));
    const quotes = day.quotes(symbol)[Symbol.iterator]();
    const pull: QuotePull = () => {
      const next = quotes.next();
      return next.done ? null : next.value;
    };
    const keepsBatches = signer.settings.rule === 'reverse-tick';
    for (const trades of day.trades(symbol)) {
      signer.sign(keepsBatches ? structuredClone(trades) : trades, pull);
      yield* ready.splice(0);
    }
    signer.finish();
    yield* ready.splice(0);
  } finally {
    day.close();
  }
}
