/** Settings of a process: one schema per composition root, read from the environment once at boot. */

export * from './clock-and-ids.ts';
export * from './common-settings.ts';
export * from './config-error.ts';
export * from './load-config.ts';
export * from './secret.ts';
export * from './settings.ts';
