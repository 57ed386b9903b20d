export { nyseTapeReader } from './nyse.js';
export { wrdsTapeReader } from './wrds.js';
