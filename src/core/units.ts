/** A value of `Base` that only its own maker may produce: adding shares to dollars does not compile. */
export type Brand<Base, Name extends string> = Base & { readonly __brand: Name };

/** US dollars; signed where said: + means the group bought. */
export type Usd = Brand<number, 'Usd'>;
/** Shares of stock; fractional since brokers report fractions. */
export type Shares = Brand<number, 'Shares'>;
/** Futures contracts of the row's own multiplier. */
export type Contracts = Brand<number, 'Contracts'>;
/** Calendar day in New York without a zone: '2024-01-02'. */
export type IsoDate = Brand<string, 'IsoDate'>;
/** UTC, in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Brand<number, 'Instant'>;

export const usd = (value: number): Usd => value as Usd;
export const contracts = (value: number): Contracts => value as Contracts;

/** Adds dollar amounts exactly: each is rounded to a whole cent, and the cents are added as integers. */
export function sumUsd(amounts: Iterable<number>): Usd {
  let cents = 0n;
  for (const amount of amounts) cents += BigInt(wholeCents(amount));
  return (Number(cents) / 100) as Usd;
}

/** Rounds a product of counts and prices to the cent, the smallest unit in which money is kept and added. */
export function roundToCent(amount: number): Usd {
  return (wholeCents(amount) / 100) as Usd;
}

/** Half cents go away from zero, so that a purchase and its sale cancel. */
function wholeCents(amount: number): number {
  return Math.sign(amount) * Math.round(Math.abs(amount) * 100) + 0;
}
