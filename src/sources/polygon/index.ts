export { polygonFlatFileReader } from './flat-file.js';
export { polygonJsonReader } from './json.js';
