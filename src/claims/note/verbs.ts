const BOUGHT =
  '(?:bought|net bought|were net buyers|was a net buyer|have been net buyers|have bought|have net bought)';
const SOLD =
  '(?:sold|net sold|were net sellers|was a net seller|have been net sellers|have sold|have net sold)';

/** 'Bought' or 'sold', on balance, in groups of those names; for use in other patterns. */
export const VERB = `(?:(?<bought>${BOUGHT})|(?<sold>${SOLD}))`;
