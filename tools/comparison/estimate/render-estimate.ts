import colors from 'picocolors';
import {
  type Bill,
  type Billable,
  type BillLine,
  billAt,
  breakEven,
  type Conditions,
  manyRequests,
} from '../cost/index.ts';
import { estimateRow as row } from './estimate-row.ts';
import { renderWebRates } from './render-web-rates.ts';

/** Formats the bills as columns: a row per line item, the total with its range, the tasks, and the break-even points. */
export function renderEstimate(
  billables: readonly Billable[],
  conditions: Conditions,
  requests: number,
): string {
  const bills = billables.map((one) => billAt(one, conditions, requests));
  const known = billables.filter((_, at) => isPriced(bills[at]));
  const unknown = billables.filter((_, at) => !isPriced(bills[at]));
  const titles = new Map<string, string>();
  for (const { lines } of bills) for (const { price, title } of lines) titles.set(price, title);
  const order = Object.keys(conditions.prices.prices).filter((id) => titles.has(id));
  const head = row(
    'USD per month',
    billables.map(({ target }) => target),
  );
  const rows = order.map((id) =>
    row(
      titles.get(id) ?? id,
      bills.map(({ lines }) => amount(lines.find(({ price }) => price === id))),
    ),
  );
  const totals = row(
    'Total',
    bills.map((bill) => atLeast(bill) + money(bill.usd)),
  );
  const spread = row(
    'Total, range from measured spreads',
    billables.map((one) => {
      const at = (end: 'low' | 'high') => billAt(one, conditions, requests, end).usd;
      return `${atLeast(billAt(one, conditions, requests))}${money(at('low'))}–${money(at('high'))}`;
    }),
  );
  const tasks = row(
    'Tasks or environments at the peak',
    bills.map(({ tasks }) => {
      const all = Object.values(tasks).reduce((sum, { peak }) => sum + peak, 0);
      return all === 0 ? '–' : String(all);
    }),
  );
  return [
    colors.bold(head),
    ...rows,
    colors.bold(totals),
    spread,
    tasks,
    '',
    colors.bold('Break-even, requests per month'),
    ...breakEvens(known, conditions),
    ...unknown.flatMap((one) => ['', renderWebRates(one, known, conditions, requests)]),
  ].join('\n');
}

/** A bill without the rates of Web Functions is the least that the month costs. */
function isPriced(bill: Bill | undefined): boolean {
  return bill !== undefined && Object.keys(bill.unpriced).length === 0;
}

function atLeast(bill: Bill): string {
  return isPriced(bill) ? '' : '≥ ';
}

function breakEvens(billables: readonly Billable[], conditions: Conditions): string[] {
  return billables.flatMap((a, at) =>
    billables.slice(at + 1).map((b) => {
      const found = breakEven(a, b, conditions);
      if (!found) {
        const [cheaper, other] =
          billAt(a, conditions, 1e6).usd < billAt(b, conditions, 1e6).usd ? [a, b] : [b, a];
        return `  none: ${cheaper.target} is cheaper than ${other.target} from 1,000 to 1 billion`;
      }
      const { requests, low, high, below, above, crossings } = found;
      const more = crossings > 1 ? `; ${crossings} crossings, caused by whole tasks` : '';
      return `  ${manyRequests(requests)} (${manyRequests(low)}–${manyRequests(high)}): below ${below} is cheaper, above ${above}${more}`;
    }),
  );
}

function amount(line: BillLine | undefined): string {
  return line === undefined ? '–' : money(line.usd);
}

/** Shows cents below 1000 USD. */
function money(usd: number): string {
  return new Intl.NumberFormat('en', {
    minimumFractionDigits: usd < 1000 ? 2 : 0,
    maximumFractionDigits: usd < 1000 ? 2 : 0,
  }).format(usd);
}
