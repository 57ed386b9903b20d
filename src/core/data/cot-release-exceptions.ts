import type { IsoDate } from '../units.js';

/** A CFTC report that was not released on the day the rule gives. */
export interface CotReleaseException {
  readonly reportDate: IsoDate;
  readonly releaseDate: IsoDate;
  readonly cause: string;
  readonly reference: string;
  /** `announced`: the CFTC named the date. `estimated`: see the reason; the date is never earlier than the truth. */
  readonly certainty: 'announced' | 'estimated';
  readonly reason?: string;
}

export const COT_RELEASE_EXCEPTIONS_VERSION = '2026-11-22';

const exception = (
  reportDate: string,
  releaseDate: string,
  cause: string,
  reference: string,
): CotReleaseException => ({
  reportDate: reportDate as IsoDate,
  releaseDate: releaseDate as IsoDate,
  cause,
  reference,
  certainty: 'announced',
});

export const COT_RELEASE_EXCEPTIONS: readonly CotReleaseException[] = [
  exception('2025-01-07', '2025-01-13', 'national day of mourning', 'CFTC release schedule'),
  exception('2025-09-30', '2025-11-19', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-10-07', '2025-11-21', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-10-14', '2025-11-25', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-10-21', '2025-12-02', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-10-28', '2025-12-05', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-11-04', '2025-12-09', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-11-10', '2025-12-10', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-11-18', '2025-12-12', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-11-25', '2025-12-15', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-12-02', '2025-12-17', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-12-09', '2025-12-19', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-12-16', '2025-12-23', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-12-23', '2025-12-29', 'lapse of federal appropriations', 'CFTC release schedule'),
  exception('2025-12-30', '2026-01-05', 'federal holiday', 'CFTC release schedule'),
  exception('2026-06-16', '2026-06-22', 'federal holiday', 'CFTC release schedule'),
  exception('2026-06-30', '2026-07-06', 'federal holiday', 'CFTC release schedule'),
  exception('2026-11-10', '2026-11-16', 'federal holiday', 'CFTC release schedule'),
  exception('2026-11-24', '2026-11-30', 'federal holiday', 'CFTC release schedule'),
  exception('2026-12-22', '2026-12-28', 'federal holiday', 'CFTC release schedule'),
];
