export {
  type Assumed,
  type Assumption,
  type AssumptionId,
  assume,
  assumptions,
} from './assumptions.ts';
export type { Bill, BillLine } from './bill.ts';
export { costFindings, manyRequests } from './cost-findings.ts';
export { type Inventory, takeInventory } from './inventory.ts';
export { type End, type Lack, type Measured, measuredWorkload } from './measured.ts';
export { monthlyBill } from './month.ts';
export { loadPrices, type PriceId, type PriceList, pricedRegions } from './price-list.ts';
export {
  type Billable,
  type BreakEven,
  billAt,
  breakEven,
  type Conditions,
  sweep,
} from './sweep.ts';
export {
  defaultScenario,
  type Operation,
  operations,
  type Scenario,
  type Workload,
} from './workload.ts';
