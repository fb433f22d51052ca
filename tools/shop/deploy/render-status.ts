import colors from 'picocolors';
import { type Status, versionOf } from './read-status.ts';

const GOOD = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/;

/** A deployment's state as lines: stacks, health, alarms, queues. */
export function renderStatus(status: Status): string[] {
  return [
    colors.bold('Stacks'),
    ...renderStacks(status),
    colors.bold(`Health${status.baseUrl ? ` at ${status.baseUrl}` : ''}`),
    ...renderHealth(status),
    colors.bold('Alarms'),
    ...renderAlarms(status),
    colors.bold('Queues (approximate numbers of messages)'),
    ...renderQueues(status),
  ];
}

function renderStacks({ stacks }: Status): string[] {
  return stacks.map((stack) => {
    const at = stack.changedAt?.toISOString().replace(/\.\d+Z$/, 'Z') ?? '';
    const state = stack.status.padEnd(24);
    const shown = GOOD.test(stack.status) ? colors.green(state) : colors.red(state);
    return `  ${stack.name.padEnd(36)} ${shown} version ${versionOf(stack)}  ${at}`;
  });
}

function renderHealth({ health }: Status): string[] {
  if (health.length === 0) return ['  no stack has a base URL: the deployment is not complete'];
  return health.map(({ service, healthy, detail, ms }) => {
    const sign = healthy ? colors.green('✓') : colors.red('✗');
    return `  ${sign} ${service.padEnd(10)} ${detail}, ${ms} ms`;
  });
}

function renderAlarms({ alarms }: Status): string[] {
  if (alarms.length === 0) return ['  none'];
  const raised = alarms.filter(({ state }) => state === 'ALARM');
  const missing = alarms.filter(({ state }) => state === 'INSUFFICIENT_DATA').length;
  const quiet = alarms.length - raised.length - missing;
  return [
    `  ${raised.length} raised, ${quiet} quiet, ${missing} without data yet`,
    ...raised.map(({ name, reason, since }) =>
      colors.red(`  ✗ ${name}${since ? ` since ${since.toISOString()}` : ''}: ${reason}`),
    ),
  ];
}

function renderQueues({ queues }: Status): string[] {
  if (queues.length === 0) return ['  none'];
  return queues.map(({ name, waiting, inFlight, delayed }) => {
    const text = `  ${name.padEnd(28)} ${waiting} waiting, ${inFlight} in flight, ${delayed} delayed`;
    return /dead/i.test(name) && waiting > 0 ? colors.red(text) : text;
  });
}

/** Whether a person should look: a stack, a service, or an alarm is not as it should be, or the shop has no address yet. */
export function needsAttention({ stacks, baseUrl, health, alarms }: Status): boolean {
  return (
    baseUrl === undefined ||
    stacks.some(({ status }) => !GOOD.test(status)) ||
    health.some(({ healthy }) => !healthy) ||
    alarms.some(({ state }) => state === 'ALARM')
  );
}
