import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { assume, loadPrices, withWebRates } from '../cost/index.ts';
import { fixedBill, web } from '../cost/web-functions/testing/billables.ts';
import { estimateRow } from './estimate-row.ts';
import { renderEstimate } from './render-estimate.ts';

const scenario = { peakToMean: 4, freeTier: false, scaling: 'peak' } as const;
const conditions = { prices: loadPrices('us-east-1'), assumed: assume(), scenario };
const printed = (prices = conditions.prices, dashboards = 40) =>
  stripVTControlCharacters(
    renderEstimate([web, fixedBill(dashboards)], { ...conditions, prices }, 1e7),
  );
const line = (text: string, start: string) =>
  text.split('\n').find((one) => one.startsWith(start)) ?? '';

test('without rates, the bill of Web Functions is the least it can be, and the break-even rates follow', () => {
  const text = printed();
  expect(line(text, 'Total')).toMatch(/≥ 20\.50 +139\.99$/);
  expect(line(text, 'at this multiple')).toMatch(/ [\d.]+ ×$/);
  expect(line(text, 'if only CPU cost')).toMatch(/ 0\.00\d+$/);
  expect(text).toContain('10,000,000 requests');
  expect(text).toContain('webIdleSeconds=300');
  expect(text).not.toContain('Web Functions: memory');
});

test('a bill that is lower than everything else around Web Functions has no break-even rate', () => {
  expect(line(printed(conditions.prices, 0), 'at this multiple')).toMatch(/ never$/);
});

test('with rates, the bill is complete and names where they came from', () => {
  const rates = { cpu: 0.00001, memory: 0.000002, requests: 0.3 };
  const text = printed(withWebRates(conditions.prices, rates));
  expect(text).toContain('Web Functions: memory (rate given on the command line)');
  expect(text).not.toContain('≥');
  expect(text).not.toContain('at this multiple');
});

test('long cells stay apart', () => {
  const cell = '123,456,789,012,345,678';
  expect(estimateRow('Total', [cell, cell])).toContain(`${cell} ${cell}`);
});
