import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../config/secret.ts';
import { captureLog, type LogLine } from '../testing/captured-log.ts';
import { currentLogger } from './index.ts';

let lines: LogLine[];
beforeEach(() => {
  lines = captureLog('info');
});

describe('the logger', () => {
  it('writes JSON with time in milliseconds, level and service', () => {
    currentLogger().warn({ orderId: 'o1' }, 'careful');
    expect(lines).toEqual([
      {
        level: 'warn',
        time: expect.any(Number),
        msg: 'careful',
        service: 'catalog',
        variant: 'microservices',
        orderId: 'o1',
      },
    ]);
  });

  it('leaves out what is below its level', () => {
    currentLogger().debug('noise');
    expect(lines).toEqual([]);
  });

  it.each(['password', 'authorization', 'accessToken', 'refreshToken', 'secret', 'card', 'cvc'])(
    'redacts %s at the top and one level down',
    (key) => {
      currentLogger().info({ [key]: 'hush-hush', body: { [key]: 'hush-hush' } }, 'seen');
      expect(JSON.stringify(lines)).not.toContain('hush');
      expect(lines[0]).toMatchObject({ [key]: '[redacted]', body: { [key]: '[redacted]' } });
    },
  );

  it('cannot print a Secret', () => {
    currentLogger().info({ config: { anything: { deep: new Secret('hush-hush') } } }, 'boot');
    expect(JSON.stringify(lines)).not.toContain('hush');
  });
});
