export { differs, extractBeside, type VerifyQuestion, type VerifyRow, verifyReport } from './verify.js';
