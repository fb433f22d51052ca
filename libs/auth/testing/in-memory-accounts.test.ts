import { accountsContract } from './accounts-contract.ts';
import { inMemoryAccounts } from './in-memory-accounts.ts';

accountsContract('memory', async () => inMemoryAccounts());
