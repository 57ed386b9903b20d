/** Why there is no figure. */
export interface NoFigure {
  readonly reason: string;
}
