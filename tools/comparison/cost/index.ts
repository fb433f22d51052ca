export {
  ASSUMPTIONS,
  type Assumed,
  type Assumption,
  type AssumptionId,
  assume,
} from './assumptions.ts';
export type { Bill, BillLine } from './bill.ts';
export { costFindings } from './cost-findings.ts';
export type { End } from './figure-reader.ts';
export { type FunctionInventory, type Inventory, takeInventory } from './inventory.ts';
export { manyRequests } from './many-requests.ts';
export { type Measured, type MissingInput, measuredWorkload } from './measured.ts';
export { monthlyBill } from './month.ts';
export { loadPrices, type PriceId, type PriceList, pricedRegions } from './price-list.ts';
export {
  type Billable,
  type BreakEven,
  billAt,
  breakEven,
  type Conditions,
  SWEEP,
} from './sweep.ts';
export {
  type BreakEvenRates,
  breakEvenRates,
  fargateRates,
  type Range,
  requestRate,
} from './web-functions/break-even-rates.ts';
export { WEB_RATE_UNITS, type WebRates, withWebRates } from './web-functions/rates.ts';
export {
  DEFAULT_SCENARIO,
  type Operation,
  operations,
  type Scenario,
  type Workload,
} from './workload.ts';
