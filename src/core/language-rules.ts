/** Legs of the ledger as they are written; 'net' in front of one would call it more than it is. */
const LEG = '(?:long (?:buys|buying|purchases|sales)|short (?:covers|covering|sales|selling))';

const RULES: readonly { readonly pattern: RegExp; readonly fault: string }[] = [
  {
    pattern: new RegExp(`\\bnet ${LEG}\\b`, 'i'),
    fault: 'one leg is called net',
  },
  {
    pattern: new RegExp(`\\b${LEG} (?:\\(|, )?(?:net|on balance)\\b`, 'i'),
    fault: 'one leg is called net',
  },
  {
    pattern: /\b(?:notional buying|notional purchases)(?: \([^)]*\))? (?:of|by) the whole market\b/i,
    fault: 'the whole market has turnover, not notional buying',
  },
  {
    pattern: /\bthe whole market (?:bought|was a net buyer|sold|was a net seller)\b/i,
    fault: 'the whole market has turnover, not notional buying',
  },
];

/**
 * What is wrong with made words by the two rules of language (measures.md section 2): one leg is never called net, and
 * the whole market never buys. Empty where nothing is.
 */
export function languageFaults(text: string): string[] {
  return RULES.filter(({ pattern }) => pattern.test(text)).map(({ fault }) => fault);
}
