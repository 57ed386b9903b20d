export { concludeRoles } from './conclusion.js';
export { type BuyersStudy, cotBuyers } from './cot.js';
export { roleOf } from './roles.js';
export { buyerRows, type ClassFlow } from './shares.js';
