import { rollingRobustZ, rollingZ } from '../stats/index.js';

/** The z figures of a flow row over a series: 1, 5 and 10 years of weeks, and the robust one over 10; NaN = not known. */
export interface ZScales {
  readonly z52: Float64Array;
  readonly z260: Float64Array;
  readonly z520: Float64Array;
  readonly zRobust: Float64Array;
}

export function zScales(series: Float64Array): ZScales {
  return {
    z52: rollingZ(series, 52),
    z260: rollingZ(series, 260),
    z520: rollingZ(series, 520),
    zRobust: rollingRobustZ(series, 520),
  };
}
