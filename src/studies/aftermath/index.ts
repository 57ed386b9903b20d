export { DEFAULT_Z_THRESHOLD, type EventRule } from './events.js';
export { type ForecastOutcome, type Foretold, scoreForecast } from './forecast.js';
export { type DailyCloses, readCloses } from './price-series.js';
export { type AftermathQuestion, type AftermathStudy, studyAftermath } from './study.js';
