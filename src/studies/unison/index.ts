export { AGREEING_CLASSES, type AgreementQuestion, classAgreement } from './class-agreement.js';
