import { idempotencyContract } from './idempotency-contract.ts';
import { ledgerContract } from './ledger-contract.ts';
import { ordersContract } from './orders-contract.ts';
import { refundsContract } from './refunds-contract.ts';
import { reportsContract } from './reports-contract.ts';
import type { OpenStores } from './stored-orders.ts';

/** Runs the contracts of all stores of payments. `open` creates empty stores. */
export function storesContract(name: string, open: OpenStores): void {
  ordersContract(name, open);
  refundsContract(name, open);
  ledgerContract(name, open);
  idempotencyContract(name, open);
  reportsContract(name, open);
}
