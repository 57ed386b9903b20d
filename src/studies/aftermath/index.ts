export { DEFAULT_Z_THRESHOLD, type EventRule } from './events.js';
export { type AftermathQuestion, studyAftermath } from './study.js';
