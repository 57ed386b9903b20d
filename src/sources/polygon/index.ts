export { polygonFlatFileReader } from './flat-file.js';
