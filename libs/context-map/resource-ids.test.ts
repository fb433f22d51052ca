import { expect, test } from 'vitest';
import { CONTEXT_NAMES } from './contexts.ts';
import { pascalCase, QUEUE_IDS, TABLE_IDS, tableVariable } from './resource-ids.ts';

test('tables and queues have the logical ids of the deployed templates', () => {
  expect(TABLE_IDS).toMatchObject({
    auth: 'AuthTable',
    limits: 'LimitsTable',
    catalog: 'CatalogTable',
    payments: 'PaymentsTable',
  });
  expect(TABLE_IDS).not.toHaveProperty('images');
  expect(QUEUE_IDS).toMatchObject({
    auth: 'AuthQueue',
    catalog: 'CatalogQueue',
    payments: 'PaymentsQueue',
    deadlines: 'DeadlineQueue',
    images: 'ImagesQueue',
  });
});

test('a name of several words becomes one id and one variable', () => {
  expect(pascalCase('gift-cards-2')).toBe('GiftCards2');
  expect(tableVariable('gift-cards' as 'auth')).toBe('GIFT_CARDS_TABLE');
});

test('names are lower case and separated by hyphens, because they become paths and stacks', () => {
  for (const name of CONTEXT_NAMES) expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
});
