import { sumByCurrency } from './journal.ts';
import type { AccountBalance, Ledger } from './ports.ts';

export interface LedgerBalance {
  readonly accounts: readonly AccountBalance[];
  /** Zero in every currency, as long as the ledger is sound. */
  readonly sumCents: Readonly<Record<string, number>>;
}

/** All accounts at one moment, and their sum per currency. */
export async function readBalance(ledger: Ledger): Promise<LedgerBalance> {
  const accounts = await ledger.balances();
  const sumCents = sumByCurrency(
    accounts.map(({ balanceCents, currency }) => ({ amountCents: balanceCents, currency })),
  );
  return { accounts, sumCents };
}
