import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../config/secret.ts';
import { captureLog, type LogLine } from '../testing/captured-log.ts';
import { createLogger, currentLogger } from './index.ts';

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

  it('names the stage, if there is one', () => {
    const written: string[] = [];
    const options = { service: 'catalog', variant: 'hybrid', stage: 'trial', level: 'info' };
    createLogger(options, { write: (text) => void written.push(text) }).info('here');
    expect(JSON.parse(written.join(''))).toMatchObject({ variant: 'hybrid', stage: 'trial' });
  });

  it('omits lines below its level', () => {
    currentLogger().debug('noise');
    expect(lines).toEqual([]);
  });

  it.each(['password', 'authorization', 'accessToken', 'refreshToken', 'secret', 'card', 'cvc'])(
    'redacts %s at any depth',
    (key) => {
      currentLogger().info(
        { [key]: 'hush-hush', body: [{ deep: { [key]: 'hush-hush' } }] },
        'seen',
      );
      expect(JSON.stringify(lines)).not.toContain('hush');
      expect(lines[0]).toMatchObject({
        [key]: '[redacted]',
        body: [{ deep: { [key]: '[redacted]' } }],
      });
    },
  );

  it('redacts properties that a library adds to its errors', () => {
    const err = Object.assign(new Error('no'), {
      request: { headers: { Authorization: 'hush-hush' } },
    });
    currentLogger().error({ err }, 'failed');
    expect(JSON.stringify(lines)).not.toContain('hush');
    expect(lines[0]).toMatchObject({ err: { message: 'no', stack: expect.any(String) } });
  });

  it('does not change the logged object, and stops at circular data', () => {
    const line: Record<string, unknown> = { password: 'hush-hush' };
    line.self = line;
    currentLogger().info(line, 'seen');
    expect(line.password).toBe('hush-hush');
    expect(lines).toHaveLength(1);
  });

  it('cannot print a Secret', () => {
    currentLogger().info({ config: { anything: { deep: new Secret('hush-hush') } } }, 'boot');
    expect(JSON.stringify(lines)).not.toContain('hush');
  });
});
