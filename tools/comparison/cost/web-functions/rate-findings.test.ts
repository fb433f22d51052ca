import { expect, test } from 'vitest';
import { assume } from '../assumptions.ts';
import { costFindings } from '../cost-findings.ts';
import { loadPrices } from '../price-list.ts';
import { withWebRates } from './rates.ts';
import { fixedBill, web } from './testing/billables.ts';

const scenario = { peakToMean: 4, freeTier: false, scaling: 'peak' } as const;
const conditions = { prices: loadPrices('us-east-1'), assumed: assume(), scenario };
const ids = (figures: readonly { readonly id: string }[]) => figures.map(({ id }) => id);

test('a report without rates has no bill of Web Functions, which could be taken for the whole', () => {
  const { figures, series, missing, facts } = costFindings([web, fixedBill(40)], conditions);
  expect(ids(figures)).not.toContain('cost/serverless-web/month/1000000');
  expect(ids(figures)).not.toContain('cost/serverless-web/break-even/other');
  expect(missing).toMatchObject([{ target: 'serverless-web', what: 'Monthly bill' }]);
  expect(ids(figures)).toEqual(
    expect.arrayContaining([
      'cost/serverless-web/rest/1000000',
      'cost/serverless-web/use/1000000/web-gb-seconds',
      'cost/serverless-web/rate/1000000/other',
    ]),
  );
  expect(series.map(({ id }) => id)).toContain('cost/other/break-even-rate');
  expect(facts.filter(({ text }) => text.includes('NOT DOCUMENTED'))).toHaveLength(3);
  expect(facts.find(({ subject }) => subject === 'Beyond the scaling limit')?.text).toContain(
    'catalog needs 5 environments',
  );
});

test('a report without Web Functions lists none of their assumptions', () => {
  const { facts } = costFindings([fixedBill(40)], conditions);
  expect(facts.filter(({ text }) => text.includes('NOT DOCUMENTED'))).toEqual([]);
});

test('with rates, it is a bill like any other', () => {
  const rates = { cpu: 0.00001, memory: 0.000002, requests: 0.3 };
  const prices = withWebRates(conditions.prices, rates);
  const { figures, missing } = costFindings([web, fixedBill(40)], { ...conditions, prices });
  expect(ids(figures)).toContain('cost/serverless-web/month/1000000');
  expect(ids(figures)).toContain('cost/serverless-web/line/1000000/web-gb-seconds');
  expect(missing).toEqual([]);
});
