import { sumByCurrency } from './journal.ts';
import type { AccountBalance, Ledger } from './ports.ts';

export interface LedgerBalance {
  readonly accounts: readonly AccountBalance[];
  /** Per currency. Zero in every currency while the ledger is sound. */
  readonly sumCents: Readonly<Record<string, number>>;
}

interface Deps {
  ledger: Ledger;
}

/** Returns the balance of every account at one moment, and their sum per currency. */
export async function readBalance(deps: Deps): Promise<LedgerBalance> {
  const accounts = await deps.ledger.balances();
  const sumCents = sumByCurrency(
    accounts.map(({ balanceCents, currency }) => ({ amountCents: balanceCents, currency })),
  );
  return { accounts, sumCents };
}
