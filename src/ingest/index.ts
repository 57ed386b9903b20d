export { type ImportOptions, importPaths } from './import-paths.js';
export type { ImportedFile, ImportReport, ImportStatus, ImportTotals } from './report.js';
