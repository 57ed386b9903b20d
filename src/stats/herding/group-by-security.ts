/** Positions of a sparse panel's rows, security after security: those of k are order[start[k]] .. order[start[k + 1] - 1]. */
export interface SecurityGroups {
  readonly start: Uint32Array;
  readonly order: Uint32Array;
}

/** @param security by row, each below `securities` */
export function groupBySecurity(security: Uint32Array, securities: number): SecurityGroups {
  const start = new Uint32Array(securities + 1);
  for (const k of security) start[k + 1]!++;
  for (let k = 0; k < securities; k++) start[k + 1]! += start[k]!;
  const next = start.slice();
  const order = new Uint32Array(security.length);
  for (let i = 0; i < security.length; i++) order[next[security[i]!]!++] = i;
  return { start, order };
}
