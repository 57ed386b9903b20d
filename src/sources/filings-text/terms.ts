/**
 * Terms of artificial intelligence. A change of the list is a new version, and all texts are counted anew: figures of two
 * versions are two measures. 'AI' counts as a word in capitals alone ('AI-powered', 'AI/ML' and 'generative AI' hold it
 * once), the others in any case.
 */
export const AI_TERMS = {
  version: 'ai-terms-1',
  patterns: [/\bAI\b/g, /\b(?:artificial\s+intelligence|machine\s+learning)\b/gi],
} as const;

const OBJECT = '(?:guidance|outlook|forecasts?)';
/** At most five words of the same sentence. */
const BETWEEN = "(?:[\\w$%'’/&,-]+\\s+){0,5}?";
const IS = '(?:is|are|was|were|has\\s+been|have\\s+been|being)\\s+(?:[\\w-]+\\s+)?';

const direction = (verbs: string, participles: string): RegExp =>
  new RegExp(`\\b(?:${verbs})\\s+${BETWEEN}${OBJECT}\\b|\\b${OBJECT}\\s+${IS}(?:${participles})\\b`, 'gi');

/**
 * Phrases by which companies move or keep what they expect: a verb with 'guidance', 'outlook' or 'forecast' within five
 * words after it, or one of these said to be moved or kept. Words alone: neither negation nor the figures are read.
 */
export const GUIDANCE_LEXICON = {
  version: 'guidance-1',
  raised: direction(
    'rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?|upgrad(?:e|es|ed|ing)',
    'raised|lifted|boosted|upgraded',
  ),
  lowered: direction(
    'lower(?:s|ed|ing)?|cut(?:s|ting)?|reduc(?:e|es|ed|ing)|trim(?:s|med|ming)?|withdr(?:aw|aws|ew|awing)|suspend(?:s|ed|ing)?',
    'lowered|cut|reduced|trimmed|withdrawn|suspended',
  ),
  maintained: direction(
    'reaffirm(?:s|ed|ing)?|reiterat(?:e|es|ed|ing)|maintain(?:s|ed|ing)?|confirm(?:s|ed|ing)?',
    'reaffirmed|reiterated|maintained|confirmed|unchanged',
  ),
} as const;
