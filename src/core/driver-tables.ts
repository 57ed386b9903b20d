import type { TableDefinition } from './tables.js';

/** Tables of what may explain flows: companies' figures and words, policy, factors, attention, mood. */
export const DRIVER_TABLES = {
  /**
   * Facts of companies as filed in XBRL, one row for each fact of each filing; several filings state most facts. Figures
   * stand in the split basis of their filing and are never adjusted. `startDate` is null for a balance at `endDate`.
   * `statement`: `first` to state the period, `repeated` with the value last filed before, `restated` with another.
   * `fiscalYear` and `fiscalPeriod` are those of the filing, not of the fact. `value` is in `unit` (USD, USD/shares ...).
   */
  companyFacts: {
    columns: {
      cik: 'text',
      taxonomy: 'text',
      concept: 'text',
      unit: 'text',
      startDate: 'date',
      endDate: 'date',
      value: 'double',
      accessionNumber: 'text',
      fiscalYear: 'integer',
      fiscalPeriod: 'text',
      form: 'text',
      filedDate: 'date',
      statement: 'text',
      splitBasis: 'text',
    },
    key: ['cik', 'taxonomy', 'concept', 'unit', 'startDate', 'endDate', 'accessionNumber'],
  },
  /**
   * Earnings as announced and as filed: two stages of one event, each known at its own time. `stage` 'announcement' has
   * the estimate and actual of earnings per share, 'filing' revenue, net income and shares. `eventDate` is the day of
   * the stage. `list` names the layout the row came in; `listedSymbol` is the ticker the list prints, `symbol` the one
   * that prices are under today. `surprise` in US dollars a share and `surprisePercent` in percent, as given.
   * `perShareBasis`: 'split-adjusted' to the day of the download, or 'as-then'. `flags`, separated by '; ', name figures
   * that are null because their scale is doubtful, with what stood there.
   */
  earningsEvents: {
    columns: {
      list: 'text',
      stage: 'text',
      symbol: 'text',
      listedSymbol: 'text',
      eventDate: 'date',
      fiscalLabel: 'text',
      fiscalYear: 'integer',
      fiscalQuarter: 'integer',
      fiscalPeriodEnd: 'date',
      announcedDate: 'date',
      announcedTime: 'text',
      filedDate: 'date',
      epsEstimate: 'double',
      epsActual: 'double',
      surprise: 'double',
      surprisePercent: 'double',
      revenue: 'double',
      netIncome: 'double',
      sharesOutstanding: 'double',
      currency: 'text',
      perShareBasis: 'text',
      flags: 'text',
    },
    key: ['list', 'listedSymbol', 'stage', 'eventDate', 'fiscalLabel', 'fiscalPeriodEnd'],
  },
  /**
   * Words of one document of a filing, counted with versioned lists of terms (docs/sources/filings-text.md).
   * `documentHash` is SHA-256 of the text after markup is taken off. Guidance columns count phrases.
   */
  filingTexts: {
    columns: {
      documentHash: 'text',
      termList: 'text',
      guidanceLexicon: 'text',
      accessionNumber: 'text',
      cik: 'text',
      symbol: 'text',
      companyName: 'text',
      form: 'text',
      documentType: 'text',
      filedDate: 'date',
      periodOfReport: 'date',
      words: 'integer',
      aiTerms: 'integer',
      aiTermsPer10000Words: 'double',
      guidanceRaised: 'integer',
      guidanceLowered: 'integer',
      guidanceMaintained: 'integer',
    },
    key: ['documentHash', 'termList', 'guidanceLexicon'],
  },
  /** Returns of factors in percent, by the edition of the file ('2026-01' = built on data to that month). */
  factorReturns: {
    columns: {
      edition: 'text',
      factorSet: 'text',
      frequency: 'text',
      date: 'date',
      factor: 'text',
      returnPercent: 'double',
    },
    key: ['edition', 'factorSet', 'frequency', 'date', 'factor'],
  },
  /**
   * Standard industrial classification codes by the industries of Fama and French; `scheme` 'ff12', 'ff49'. An industry
   * without codes of its own takes what no other takes.
   */
  industryRanges: {
    columns: {
      scheme: 'text',
      industryNumber: 'integer',
      industryCode: 'text',
      industryName: 'text',
      sicFrom: 'integer',
      sicTo: 'integer',
      rangeName: 'text',
    },
    key: ['scheme', 'industryNumber', 'sicFrom', 'sicTo'],
  },
  /**
   * Meetings of the Federal Open Market Committee. Targets are the upper bound of the range in percent, null while the
   * meeting lies ahead (`meetingType` 'scheduled', 'unscheduled').
   */
  policyMeetings: {
    columns: {
      decisionDate: 'date',
      meetingType: 'text',
      targetUpperBefore: 'double',
      targetUpperAfter: 'double',
      changeBasisPoints: 'double',
    },
    key: ['decisionDate'],
  },
  /** Statements of the Committee, word for word; `dissenters` is 'name (preferred)' separated by '; '. */
  policyStatements: {
    columns: {
      decisionDate: 'date',
      chair: 'text',
      decision: 'text',
      targetLower: 'double',
      targetUpper: 'double',
      changeBasisPoints: 'double',
      votesFor: 'integer',
      votesAgainst: 'integer',
      dissenters: 'text',
      statement: 'text',
      words: 'integer',
    },
    key: ['decisionDate'],
  },
  /**
   * Surprises at announcements of the Committee (Bauer and Swanson 2023), one row a measure. `sampleEnd`, the last
   * announcement of the file, tells its edition: values of two editions differ.
   */
  policySurprises: {
    columns: {
      sampleEnd: 'date',
      announcedDate: 'date',
      announcedAt: 'instant',
      unscheduled: 'boolean',
      measure: 'text',
      value: 'double',
    },
    key: ['sampleEnd', 'announcedAt', 'measure'],
  },
  /**
   * Google's search interest by week (Sunday to Saturday), 0 to 100 relative to the highest of the whole export: figures
   * of two exports are on two scales. `comparedWith` lists the terms scaled together, separated by '; '.
   */
  searchInterest: {
    columns: {
      windowStart: 'date',
      windowEnd: 'date',
      comparedWith: 'text',
      region: 'text',
      term: 'text',
      weekStart: 'date',
      interest: 'double',
      isBelowOne: 'boolean',
      isPartial: 'boolean',
    },
    key: ['windowStart', 'windowEnd', 'comparedWith', 'region', 'term', 'weekStart'],
  },
  /**
   * Surveys and statistics of mood; `survey` 'aaii', 'naaim', 'finra-margin', `unit` 'fraction', 'percent', 'index points',
   * 'millions of US dollars'. `date` is the survey's own, or the first day of its month.
   */
  sentiment: {
    columns: { survey: 'text', date: 'date', measure: 'text', value: 'double', unit: 'text' },
    key: ['survey', 'date', 'measure'],
  },
  /** Robinhood accounts that held a security, as Robintrack saw it; `frequency` 'daily' (the last of a UTC day), 'observed'. */
  holderCounts: {
    columns: { symbol: 'text', observedAt: 'instant', date: 'date', frequency: 'text', holders: 'integer' },
    key: ['symbol', 'observedAt', 'frequency'],
  },
  /**
   * Off-exchange short sales reported to FINRA, in shares, which may be fractions. `market` lists the facilities of the
   * row ('Q', 'B,Q,N'): a row of several contains the rows of each. Short volume is not short interest.
   */
  shortVolumes: {
    columns: {
      symbol: 'text',
      date: 'date',
      market: 'text',
      facility: 'text',
      shortVolume: 'double',
      shortExemptVolume: 'double',
      totalVolume: 'double',
    },
    key: ['symbol', 'date', 'market'],
  },
} as const satisfies Record<string, TableDefinition>;
