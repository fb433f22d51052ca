import { type CallOutcome, fakeProvider, type ProviderCall } from './fake-provider.ts';
import { providerContract } from './provider-contract.ts';

providerContract('the fake provider', async () => {
  const clock = { nowMs: Date.parse('2026-11-22T10:00:00.000Z') };
  const next = new Map<ProviderCall, CallOutcome>();
  const all: { outcome: CallOutcome } = { outcome: 'answered' };
  const provider = fakeProvider(
    async (call) => {
      const outcome = next.get(call) ?? all.outcome;
      next.delete(call);
      return outcome;
    },
    () => clock.nowMs,
  );
  return {
    provider,
    clock,
    withoutAnswer(name, call) {
      next.set(name, 'lost-after');
      return call(provider);
    },
    async failNext(name) {
      next.set(name, 'stored-fault');
    },
    async failAll() {
      all.outcome = 'stored-fault';
    },
  };
});
