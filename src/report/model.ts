import type { SourceRef } from '../core/index.js';

/** Units of the figures a report prints. `share` is a fraction of 1, printed in percent. */
export type Unit =
  | 'USD'
  | 'contracts'
  | 'share'
  | 'basis points'
  | 'times own volatility'
  | 'standard deviations'
  | 'probability'
  | 'rank'
  | 'weeks'
  | 'about weeks'
  | 'quarters'
  | 'days'
  | 'rows'
  | 'files'
  | 'count'
  | 'ratio'
  | 'index'
  | 'USD per point'
  | 'price'
  | 'date'
  | 'instant'
  | 'text'
  | 'yes/no';

/** Where a figure rests: rows of files, or a part of the report that lists them. */
export interface Evidence {
  /** Element id in the report. */
  readonly anchor: string;
  /** Null where the anchor is the evidence: the weekly series, the looks or the store. */
  readonly sources: readonly SourceRef[] | null;
}

/** A value of the input as it is printed. Every number in a report is one of these. */
export interface Figure {
  readonly kind: 'figure';
  /** JSON Pointer (RFC 6901) into `data[0]` of the JSON report, or `count:`/`sum:` of one. */
  readonly id: string;
  readonly value: number | string | boolean | null;
  readonly unit: Unit;
  readonly text: string;
  /** The text without its unit, for columns whose heading names it. */
  readonly bare: string;
  /** Why the value is null; null otherwise. */
  readonly reason: string | null;
  readonly evidence: Evidence;
}

export type Tone =
  | 'pass'
  | 'fail'
  | 'unknown'
  | 'signal'
  | 'mixed'
  | 'chance'
  | 'anomaly'
  | 'insufficient'
  | 'plain';

export type Inline =
  | string
  | Figure
  | { readonly kind: 'strong'; readonly content: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'badge'; readonly tone: Tone; readonly text: string }
  | { readonly kind: 'link'; readonly anchor: string; readonly text: string };

export type Prose = readonly Inline[];

export interface TableColumn {
  readonly label: string;
  /** A second line of the heading. */
  readonly detail?: Prose;
  readonly numeric?: boolean;
}

/** A row of figures, or with `group` the heading of the rows below it, over all columns. */
export interface TableRowContent {
  readonly group?: Prose;
  readonly cells: readonly Prose[];
  /** Element id of the row, for links to it. */
  readonly anchor?: string;
  /** The row the report is about. */
  readonly emphasis?: boolean;
}

export interface TableBlock {
  readonly kind: 'table';
  /** Cells stay on one line: for tables of many columns, which scroll. */
  readonly dense?: boolean;
  readonly caption: Prose;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRowContent[];
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly anchor?: string }
  | { readonly kind: 'paragraph'; readonly content: Prose; readonly lead?: boolean }
  | { readonly kind: 'note'; readonly content: Prose }
  | { readonly kind: 'list'; readonly items: readonly Prose[] }
  | { readonly kind: 'facts'; readonly items: readonly { readonly label: string; readonly content: Prose }[] }
  | {
      readonly kind: 'findings';
      readonly items: readonly Finding[];
      /** Verdicts of several words, which need a wider column. */
      readonly wide?: boolean;
    }
  | TableBlock
  | ChartBlock
  | { readonly kind: 'details'; readonly summary: string; readonly blocks: readonly Block[] };

/** A check with its verdict, what was looked at, and the figures. */
export interface Finding {
  readonly tone: Tone;
  readonly verdict: string;
  readonly name: string;
  readonly question: string;
  readonly explanation: string;
  readonly figures: readonly { readonly label: string; readonly content: Prose }[];
  /** Element id, for links to it. */
  readonly anchor?: string;
  /** Said after the figures, in small print. */
  readonly remark?: string;
}

export interface ChartBlock {
  readonly kind: 'chart';
  /** What the chart shows, as a sentence. */
  readonly title: Prose;
  /** What is drawn, in words, for those who do not see it. */
  readonly description: string;
  readonly chart: ChartSpec;
}

export interface SeriesDatum {
  readonly periodEnd: string;
  readonly value: number | null;
}

export interface ChartMark {
  readonly periodEnd: string;
  readonly value: number;
  readonly label: string;
  /** For a narrow page. */
  readonly shortLabel: string;
}

/** A weekly series with its high, the old high, and the weeks without data. */
export interface SeriesChartSpec {
  readonly kind: 'series';
  readonly unit: Unit;
  readonly axisLabel: string;
  readonly data: readonly SeriesDatum[];
  readonly current: ChartMark | null;
  readonly earlier: ChartMark | null;
  /** The earlier mark is the high that was broken: a line joins it to the current one. */
  readonly broken: boolean;
}

/** The same weeks on several rulers, one panel each. */
export interface PanelsChartSpec {
  readonly kind: 'panels';
  readonly panels: readonly {
    readonly title: string;
    readonly unit: Unit;
    readonly data: readonly SeriesDatum[];
    readonly current: ChartMark | null;
  }[];
}

/** Four legs by class: purchases to the right of zero, sales to the left. */
export interface LegsChartSpec {
  readonly kind: 'legs';
  readonly unit: Unit;
  readonly axisLabel: string;
  readonly classes: readonly {
    readonly label: string;
    readonly bars: readonly { readonly leg: string; readonly signed: number; readonly label: string }[];
    readonly net: { readonly value: number; readonly label: string } | null;
    readonly emphasis: boolean;
  }[];
}

/** Net buyers against net sellers: two bars on one scale, each cut by class. */
export interface SidesChartSpec {
  readonly kind: 'sides';
  readonly sides: readonly {
    readonly label: string;
    readonly side: 'buy' | 'sell';
    readonly parts: readonly {
      readonly name: string;
      readonly amount: string;
      /** Above zero on either side. */
      readonly size: number;
      readonly emphasis: boolean;
    }[];
  }[];
}

/** How one week stands among all weeks: a bar an interval, and the week marked. */
export interface DistributionChartSpec {
  readonly kind: 'distribution';
  readonly panels: readonly {
    readonly title: string;
    readonly axisLabel: string;
    readonly bars: readonly {
      readonly from: number;
      readonly to: number;
      readonly count: number;
      /** The week asked about is one of these. */
      readonly own: boolean;
      /** What stands on the bar; empty for none. */
      readonly label: string;
    }[];
    /** Tick labels by place; null for a continuous axis. */
    readonly ticks: readonly { readonly at: number; readonly label: string }[];
    readonly mark: { readonly value: number; readonly label: string } | null;
  }[];
}

/** Figures with their intervals, a bar and whiskers each around zero. */
export interface IntervalsChartSpec {
  readonly kind: 'intervals';
  readonly panels: readonly {
    readonly title: string;
    readonly axisLabel: string;
    readonly unit: Unit;
    readonly rows: readonly {
      readonly label: string;
      /** Null where it is not known; the row then has its words alone. */
      readonly value: number | null;
      readonly low: number | null;
      readonly high: number | null;
      /** The figure and its interval, or why there is none. */
      readonly text: string;
      /** `shown`: its interval leaves zero out; `total`: what the others add up to. */
      readonly kind: 'shown' | 'not shown' | 'total';
    }[];
  }[];
}

/** What followed each event, a line an event, over growing horizons; the mean of matched weeks against the mean of events. */
export interface FanChartSpec {
  readonly kind: 'fan';
  readonly unit: Unit;
  readonly axisLabel: string;
  readonly valueLabel: string;
  readonly horizonsWeeks: readonly number[];
  readonly lines: readonly FanLine[];
  /** Where the mean of events would lie if nothing followed them; empty where no interval is known. */
  readonly band: readonly { readonly weeks: number; readonly low: number; readonly high: number }[];
}

export interface FanLine {
  readonly label: string;
  readonly kind: 'event' | 'mean of events' | 'mean of matched weeks';
  readonly points: readonly { readonly weeks: number; readonly value: number }[];
}

type ChartSpec =
  | SeriesChartSpec
  | PanelsChartSpec
  | LegsChartSpec
  | SidesChartSpec
  | DistributionChartSpec
  | IntervalsChartSpec
  | FanChartSpec;

export interface Section {
  readonly anchor: string;
  readonly title: string;
  /** Short name for the contents list. */
  readonly short: string;
  readonly blocks: readonly Block[];
}

/** What all three renderers walk. */
export interface ReportContent {
  /** Plain text, for the document's title. */
  readonly documentTitle: string;
  readonly kicker: Prose;
  readonly title: Prose;
  readonly verdict: { readonly tone: Tone; readonly text: string };
  readonly sections: readonly Section[];
  readonly figures: readonly Figure[];
}

/** Prose from a template: `prose\`net was ${figure}\``. Nested prose is flattened. */
export function prose(strings: TemplateStringsArray, ...values: readonly (Inline | Prose)[]): Prose {
  const parts: Inline[] = [];
  strings.forEach((text, index) => {
    if (text !== '') parts.push(text);
    const value = values[index];
    if (value === undefined || value === '') return;
    if (Array.isArray(value)) parts.push(...(value as Prose));
    else parts.push(value as Inline);
  });
  return parts;
}

/** Joins prose with a separator between the items. */
export function joinProse(items: readonly Prose[], separator: string): Prose {
  return items.flatMap((item, index) => (index === 0 ? [...item] : [separator, ...item]));
}

/** A figure printed without its unit, under a heading that names the unit. */
export function withoutUnit(figure: Figure): Figure {
  return { ...figure, text: figure.bare };
}

/** The words of prose without its links and emphasis. */
export function plainText(content: Prose): string {
  return content
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part.kind === 'strong') return plainText(part.content);
      return part.text;
    })
    .join('');
}
