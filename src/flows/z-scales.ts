import { rollingRobustZ, rollingZ } from '../stats/index.js';

/** The z figures of a flow row over a series: 1, 5 and 10 years of weeks, and the robust one over 10; NaN = not known. */
export interface ZScales {
  readonly z52: Float64Array;
  readonly z260: Float64Array;
  readonly z520: Float64Array;
  readonly zRobust: Float64Array;
}

/** @param wanted periods whose z52, z260 and z520 are asked for; all if left out */
export function zScales(series: Float64Array, wanted?: (period: number) => boolean): ZScales {
  return {
    z52: rollingZ(series, 52, wanted),
    z260: rollingZ(series, 260, wanted),
    z520: rollingZ(series, 520, wanted),
    zRobust: rollingRobustZ(series, 520),
  };
}
