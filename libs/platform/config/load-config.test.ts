import { inspect } from 'node:util';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import {
  ConfigError,
  choice,
  commonSettings,
  integer,
  loadConfig,
  Secret,
  secret,
  text,
  url,
} from './index.ts';

const schema = Type.Object({
  TABLE: text(),
  LIMIT: integer({ default: 10, minimum: 1, maximum: 100 }),
  BASE: url(),
  MODE: choice(['fast', 'safe']),
  NOTE: Type.Optional(text()),
  KEY: secret(),
});

const env = { TABLE: 't', BASE: 'http://127.0.0.1:4001', MODE: 'safe', KEY: 'hush-hush' };

const messageOf = async (settings: Record<string, string>, readSecret?: () => Promise<string>) => {
  const options = { env: settings, ...(readSecret ? { readSecret } : {}) };
  return loadConfig(schema, options).then(
    () => 'no error',
    (error: unknown) =>
      error instanceof ConfigError ? error.message : `not a ConfigError: ${error}`,
  );
};

describe('loadConfig', () => {
  it('returns typed values, fills in defaults and omits absent optional settings', async () => {
    const config = await loadConfig(schema, { env: { ...env, LIMIT: '7', OTHER: 'ignored' } });
    expect(config).toEqual({ ...env, LIMIT: 7, KEY: expect.any(Secret) });
    expect(config.KEY.reveal()).toBe('hush-hush');
    expect((await loadConfig(schema, { env })).LIMIT).toBe(10);
  });

  it('lists every fault in one message', async () => {
    const message = await messageOf({ LIMIT: '500', BASE: 'ftp://x', MODE: 'slow' });
    expect(message).toContain('5 fault(s)');
    expect(message).toContain('TABLE is not set');
    expect(message).toMatch(/LIMIT is "500" but must be <= 100/);
    expect(message).toMatch(/BASE is "ftp:\/\/x" but/);
    expect(message).toContain('MODE is "slow" but must be one of fast, safe');
    expect(message).toContain('KEY is not set, nor is KEY_ARN');
  });

  it('counts an empty string as missing', async () => {
    expect(await messageOf({ ...env, TABLE: '' })).toContain('TABLE is not set');
    expect(await messageOf({ ...env, KEY: '' })).toContain('KEY is not set');
  });

  it.each(['1.5', '1e3', 'ten', ' 7', '0x10'])('rejects %j as an integer', async (LIMIT) => {
    expect(await messageOf({ ...env, LIMIT })).toContain('LIMIT is');
  });

  it('rejects a URL with a trailing slash, because paths are appended to it', async () => {
    expect(await messageOf({ ...env, BASE: 'http://127.0.0.1:4001/' })).toContain('BASE is');
  });

  it('reads a secret by its ARN when its value is not set', async () => {
    const { KEY: _value, ...rest } = env;
    const config = await loadConfig(schema, {
      env: { ...rest, KEY_ARN: 'arn:aws:secretsmanager:x' },
      readSecret: async (arn) => `value of ${arn}`,
    });
    expect(config.KEY.reveal()).toBe('value of arn:aws:secretsmanager:x');
  });

  it('reads and checks a plain setting that is stored, unless its value is set', async () => {
    const address = Type.Object({ BASE_URL: url() });
    const env = { BASE_URL_ARN: 'base-url' };
    const stored = (value: string) => ({ readSecret: async () => value });
    const url1 = 'https://shop.example';
    expect(await loadConfig(address, { env, ...stored(url1) })).toEqual({ BASE_URL: url1 });
    const both = { ...env, BASE_URL: 'https://other.example' };
    expect(await loadConfig(address, { env: both, ...stored(url1) })).toEqual({
      BASE_URL: both.BASE_URL,
    });
    await expect(loadConfig(address, { env, ...stored('nonsense') })).rejects.toThrow(
      'BASE_URL is "nonsense" but',
    );
    await expect(loadConfig(address, { env, ...stored('') })).rejects.toThrow(
      'BASE_URL is empty in base-url',
    );
  });

  it('reports an unreadable or empty secret by its ARN and never shows its content', async () => {
    const { KEY: _value, ...rest } = env;
    const settings = { ...rest, KEY_ARN: 'arn:1' };
    const failing = async () => {
      throw Object.assign(new Error('secret text in the message'), { name: 'AccessDenied' });
    };
    const message = await messageOf(settings, failing);
    expect(message).toContain('KEY could not be read from arn:1: AccessDenied');
    expect(message).not.toContain('secret text');
    expect(await messageOf(settings, async () => '')).toContain('KEY is empty in arn:1');
  });

  it('never shows a secret in the faults of other settings', async () => {
    expect(await messageOf({ KEY: 'hush-hush' })).not.toContain('hush-hush');
  });

  it('reads the settings that all services share, with their defaults', async () => {
    const config = await loadConfig(Type.Object(commonSettings), {
      env: { SERVICE_NAME: 'auth', VARIANT: 'hybrid', BASE_URL: 'https://shop.example' },
    });
    expect(config).toEqual({
      SERVICE_NAME: 'auth',
      VARIANT: 'hybrid',
      BASE_URL: 'https://shop.example',
      LOG_LEVEL: 'info',
      TRUSTED_PROXIES: 0,
      PORT: 8080,
    });
  });
});

describe('Secret', () => {
  it('reveals its value only through reveal()', () => {
    const value = new Secret('hush-hush');
    const seen = [
      `${value}`,
      JSON.stringify({ value }),
      inspect({ value }),
      inspect(value, { showHidden: true }),
    ];
    for (const text of seen) expect(text).not.toContain('hush');
    expect(value.reveal()).toBe('hush-hush');
  });
});
