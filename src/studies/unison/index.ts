export { agreementHistory } from './agreement-history.js';
export {
  AGREEING_CLASSES,
  type AgreementQuestion,
  agreeingFlows,
  agreementRow,
  agreementRuler,
  classAgreement,
} from './class-agreement.js';
export { FEWEST_ACTIVE, FEWEST_SECURITIES, herdingRow, tradeGroups } from './herding.js';
export { ledgerTrades } from './ledger-trades.js';
export { type NameTrades, nameBreadth, nameTrades } from './name-breadth.js';
export {
  type PeriodTrades,
  panelTrades,
  type TradedSecurity,
  type TradeGroup,
  type TradingManager,
} from './period-trades.js';
