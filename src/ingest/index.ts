export { type ImportOptions, importPaths } from './import-paths.js';
export { isOfTape } from './recognise.js';
export type { ImportedFile, ImportReport } from './report.js';
export type { TapeFile } from './tape-chunks.js';
export { openTapeFiles } from './tape-files.js';
export { type FoundFile, findFiles } from './walk.js';
