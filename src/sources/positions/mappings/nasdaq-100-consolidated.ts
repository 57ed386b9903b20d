import type { ColumnMapping } from '../../../core/index.js';

/** Weekly consolidated NASDAQ-100 positions, one row a week, with the multiplier and the close of the index on the row. */
export const nasdaq100Consolidated: ColumnMapping = {
  kind: 'positions',
  columns: {
    report_date: 'report_date',
    multiplier: 'contract_usd_multiplier',
    open_interest: 'open_interest',
    asset_manager_long: 'asset_mgr_long',
    asset_manager_short: 'asset_mgr_short',
    leveraged_fund_long: 'lev_money_long',
    leveraged_fund_short: 'lev_money_short',
    dealer_long: 'dealer_long',
    dealer_short: 'dealer_short',
    other_reportable_long: 'other_rept_long',
    other_reportable_short: 'other_rept_short',
    non_reportable_long: 'nonrept_long',
    non_reportable_short: 'nonrept_short',
    level: 'ndx_close',
  },
  constants: {
    contract_code: '20974+',
    contract_name: 'NASDAQ-100 Consolidated - CHICAGO MERCANTILE EXCHANGE',
    contract_units: '(NASDAQ 100 INDEX X $<multiplier>)',
    report: 'futures-only',
    level_symbol: 'NASDAQ-100',
  },
};
