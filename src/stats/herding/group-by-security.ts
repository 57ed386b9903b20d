/** Rows of a sparse panel, security after security: those of k stand from start[k] to start[k + 1] - 1. */
export interface SecurityGroups {
  readonly start: Uint32Array;
  readonly manager: Uint32Array;
  readonly direction: Int8Array;
}

/**
 * Counting sort by security; within a security the rows keep their order.
 * @param panel rows; each security below `securities`
 */
export function groupBySecurity(
  panel: { readonly security: Uint32Array; readonly manager: Uint32Array; readonly direction: Int8Array },
  securities: number,
): SecurityGroups {
  const start = new Uint32Array(securities + 1);
  for (const k of panel.security) start[k + 1]!++;
  for (let k = 0; k < securities; k++) start[k + 1]! += start[k]!;
  const next = start.slice();
  const manager = new Uint32Array(panel.manager.length);
  const direction = new Int8Array(panel.manager.length);
  for (let i = 0; i < panel.security.length; i++) {
    const at = next[panel.security[i]!]!++;
    manager[at] = panel.manager[i]!;
    direction[at] = panel.direction[i]!;
  }
  return { start, manager, direction };
}
