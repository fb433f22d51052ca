import { expect, it } from 'vitest';
import { portFault } from './ports.ts';

const free = { isTaken: async () => false, shopWith: async () => undefined };
const nothing = async () => ({ code: 0, stdout: '', stderr: '', timedOut: false });

it('reports a port that browsers refuse to call', async () => {
  const wanted = [{ port: 6000, setting: 'TRIPTYCH_PORT_HYBRID' }];
  const fault = await portFault(wanted, 'triptych', nothing, free);
  expect(fault).toContain(
    'refuse to call port 6000: choose another with TRIPTYCH_PORT_HYBRID=16000',
  );
});
