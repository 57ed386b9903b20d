import type { ColumnMapping } from '../../../core/index.js';
import { nasdaq100Consolidated } from './nasdaq-100-consolidated.js';

/** Mappings that come with the program, tried on every file after the user's own. */
export const BUILT_IN_MAPPINGS: readonly { readonly name: string; readonly mapping: ColumnMapping }[] = [
  { name: 'nasdaq-100-consolidated', mapping: nasdaq100Consolidated },
];
