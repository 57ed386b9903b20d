import { z } from 'zod';
import { DRIVERS, isIsoDate, LOOKBACKS, RULERS, SECTORS } from '../core/index.js';
import {
  CLAIM_BASES,
  CLAIM_CLASSES,
  CLAIM_LEGS,
  CLAIM_MEASURES,
  type ClaimMeasure,
  COMPARISONS,
  DEFAULT_P,
  DEFAULT_SPAN,
  LEADERS,
  POLICY_STATES,
  type Span,
  type Thresholds,
} from './claim.js';

const date = z.string().refine((text) => isIsoDate(text), 'is not a calendar day; write it as YYYY-MM-DD');

const scopeSchema = z
  .strictObject({
    basis: z.enum(CLAIM_BASES),
    contract: z.string().regex(/^[0-9A-Z]{5,6}\+?$/, 'is not a contract market code, such as 20974+'),
    sector: z.enum(SECTORS),
    class: z.enum(CLAIM_CLASSES),
    leg: z.enum(CLAIM_LEGS),
    ruler: z.enum(RULERS),
    week: date,
  })
  .partial();

const span = z.custom<Span>(
  (value) =>
    typeof value === 'string' &&
    (LOOKBACKS.some((known) => known === value) || /^[1-9]\d{0,2} (years|months|weeks)$/.test(value)),
  "is no span; one of 1y, 3y, 5y, 10y, all, or such as '7 years', '18 months', '26 weeks'",
);
const lookback = z.enum(LOOKBACKS);
const compare = z.enum(COMPARISONS);
const p = z.number().gt(0).max(0.5).default(DEFAULT_P);
const direction = z.enum(['bought', 'sold']);
const against = z.enum(['above', 'below']);
const weeks = z.int().min(1).max(520);
const nothing = z.strictObject({});

type ThresholdSchemas = { readonly [Measure in ClaimMeasure]: z.ZodType<Thresholds[Measure]> };

/** What each measure may be held against. */
export const THRESHOLDS = {
  record: z
    .strictObject({
      span: span.optional(),
      since: z
        .string()
        .regex(/^\d{4}(-\d\d(-\d\d)?)?$/, 'is no date; write YYYY, YYYY-MM or YYYY-MM-DD')
        .refine((text) => isIsoDate(`${text}-01-01`.slice(0, 10)), 'is no date that exists')
        .optional(),
      extreme: z.enum(['high', 'low']).default('high'),
    })
    .refine(
      ({ span, since }) => span === undefined || since === undefined,
      'has both span and since; leave one of them out',
    ),
  rank: z.strictObject({
    rank: z.int().min(1).max(1000),
    compare: z.enum(['exactly', 'at most']).default('exactly'),
    span: span.default(DEFAULT_SPAN),
  }),
  percentile: z.strictObject({
    percentile: z.number().min(0).max(100),
    compare: compare.default('at least'),
    span: lookback.optional(),
  }),
  z: z.strictObject({ z: z.number(), compare: compare.default('at least'), span: lookback.optional() }),
  significance: z.strictObject({ p, span: lookback.optional() }),
  ratio: z.strictObject({ ratio: z.number().gt(0), compare: compare.default('about') }),
  amount: z.strictObject({ usd: z.number().gt(0), compare: compare.default('about') }),
  side: z.strictObject({ direction }),
  weeks: z
    .strictObject({ weeks, of: weeks, direction })
    .refine(({ weeks, of }) => weeks <= of, 'has more weeks than it looks at; weeks is at most of'),
  'led-by': z.strictObject({
    who: z.enum([...LEADERS, ...CLAIM_CLASSES]),
    led: z.boolean().default(true),
  }),
  unison: z.strictObject({ classes: z.array(z.enum(CLAIM_CLASSES)).min(2), p }),
  driver: z.strictObject({ driver: z.enum(DRIVERS) }),
  policy: z.strictObject({ states: z.array(z.enum(POLICY_STATES)).min(1) }),
  'rate-sensitivity': nothing,
  floor: z.strictObject({ p }),
  'follow-through': z.strictObject({
    leader: z.enum(CLAIM_CLASSES).optional(),
    follower: z.enum(CLAIM_CLASSES),
  }),
  loop: nothing,
  consolidation: z.strictObject({ p, drawdown: z.union([z.literal(5), z.literal(10)]).default(5) }),
  'profit-taking': z.strictObject({ p }),
  return: z.strictObject({ p, direction: against }),
  volatility: z.strictObject({ p, direction: against }),
  trend: nothing,
} satisfies ThresholdSchemas;

const horizonSchema = z.union(
  [z.literal(1), z.literal(4), z.literal(13), z.literal(26), z.literal(52)],
  'is no horizon; one of 1, 4, 13, 26, 52 weeks',
);

/** The parts of a claim that do not depend on its measure. */
export const claimHead = z.object({
  id: z.union([z.string().min(1), z.number()]).optional(),
  text: z.string().min(1, 'is empty; write the sentence'),
  measure: z.enum(Object.keys(CLAIM_MEASURES) as [ClaimMeasure, ...ClaimMeasure[]]),
  scope: scopeSchema.optional(),
  horizon: horizonSchema.optional(),
  line: z.int().min(1).optional(),
});
