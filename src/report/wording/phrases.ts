export { capitalised, listWords } from '../../core/index.js';

export function possessive(words: string): string {
  return words.endsWith('s') ? `${words}'` : `${words}'s`;
}

/** Before 'and': the first letter small, but for names and abbreviations. */
export function uncapitalised(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}
