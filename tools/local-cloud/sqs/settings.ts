import { AwsError } from '../kernel.ts';
import { MAX_MESSAGE_BYTES } from './message.ts';

/** The dead-letter queue for messages received `maxReceiveCount` times without being deleted. */
export interface Redrive {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export interface QueueSettings {
  readonly VisibilityTimeout: number;
  readonly DelaySeconds: number;
  readonly MessageRetentionPeriod: number;
  readonly MaximumMessageSize: number;
  readonly ReceiveMessageWaitTimeSeconds: number;
  readonly RedrivePolicy?: Redrive;
  /** Attributes without a local effect, as they were set. */
  readonly inert?: Readonly<Record<string, string>>;
}

/** Defaults and ranges in seconds or bytes: "CreateQueue" in the Amazon SQS API Reference. */
const RANGES = {
  VisibilityTimeout: { initial: 30, minimum: 0, maximum: 43_200 },
  DelaySeconds: { initial: 0, minimum: 0, maximum: 900 },
  MessageRetentionPeriod: { initial: 345_600, minimum: 60, maximum: 1_209_600 },
  MaximumMessageSize: { initial: MAX_MESSAGE_BYTES, minimum: 1024, maximum: MAX_MESSAGE_BYTES },
  ReceiveMessageWaitTimeSeconds: { initial: 0, minimum: 0, maximum: 20 },
};

/** Attributes of a queue that are accepted without effect, with the reason. */
export const INERT_ATTRIBUTES: Readonly<Record<string, string>> = {
  Policy: 'local calls are not authorized',
  RedriveAllowPolicy: 'every queue may use every dead-letter queue',
  KmsMasterKeyId: 'local data is not encrypted at rest',
  KmsDataKeyReusePeriodSeconds: 'local data is not encrypted at rest',
  SqsManagedSseEnabled: 'local data is not encrypted at rest',
};

/**
 * Reads the settings of a queue from the properties of a template. Numbers may be strings.
 * @throws AwsError InvalidAttributeValue that names the setting out of range
 */
export function queueSettings(given: Readonly<Record<string, unknown>>): QueueSettings {
  const read = (name: keyof typeof RANGES) => {
    const { initial, minimum, maximum } = RANGES[name];
    return wholeNumber(name, given[name] ?? initial, minimum, maximum);
  };
  const redrive = given.RedrivePolicy;
  return {
    VisibilityTimeout: read('VisibilityTimeout'),
    DelaySeconds: read('DelaySeconds'),
    MessageRetentionPeriod: read('MessageRetentionPeriod'),
    MaximumMessageSize: read('MaximumMessageSize'),
    ReceiveMessageWaitTimeSeconds: read('ReceiveMessageWaitTimeSeconds'),
    ...(redrive === undefined || redrive === '' ? {} : { RedrivePolicy: redrivePolicy(redrive) }),
  };
}

/**
 * The settings after CreateQueue or SetQueueAttributes with these attributes. An empty value resets
 * an attribute.
 * @throws AwsError InvalidAttributeName, InvalidAttributeValue
 */
export function changedSettings(
  current: QueueSettings,
  attributes: Readonly<Record<string, unknown>>,
): QueueSettings {
  const { inert = {}, ...settings } = current;
  const unknown = Object.keys(attributes).find((name) => !isSettable(name));
  if (unknown !== undefined) {
    throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  }
  const given = Object.entries(attributes);
  const honoured = given.filter(([name]) => !(name in INERT_ATTRIBUTES));
  const reset = honoured.map(([name, value]) => [name, value === '' ? undefined : value]);
  const kept = Object.entries({
    ...inert,
    ...Object.fromEntries(given.filter(([name]) => name in INERT_ATTRIBUTES)),
  }).filter(([, value]) => value !== '');
  return {
    ...queueSettings({ ...settings, ...(Object.fromEntries(reset) as object) }),
    ...(kept.length > 0 ? { inert: Object.fromEntries(kept) as Record<string, string> } : {}),
  };
}

/** Whether CreateQueue and SetQueueAttributes support an attribute. */
function isSettable(name: string): boolean {
  return name in RANGES || name in INERT_ATTRIBUTES || name === 'RedrivePolicy';
}

/**
 * Reads a whole number from a number or a string.
 * @throws AwsError InvalidAttributeValue when it is out of range
 */
function wholeNumber(name: string, value: unknown, minimum: number, maximum: number): number {
  const number = readWhole(value, minimum, maximum);
  if (number !== undefined) return number;
  const text = `Invalid value ${JSON.stringify(value)} for ${name}: it must be a whole number from ${minimum} to ${maximum}.`;
  throw new AwsError('InvalidAttributeValue', text);
}

/**
 * Reads a whole number from a parameter of a call.
 * @throws AwsError InvalidParameterValue when it is out of range
 */
export function parameter(name: string, value: unknown, minimum: number, maximum: number): number {
  const number = readWhole(value, minimum, maximum);
  if (number !== undefined) return number;
  const reason = `Must be between ${minimum} and ${maximum}, if provided.`;
  const text = `Value ${String(value)} for parameter ${name} is invalid. Reason: ${reason}`;
  throw new AwsError('InvalidParameterValue', text);
}

function readWhole(value: unknown, minimum: number, maximum: number): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' &&
    Number.isInteger(number) &&
    number >= minimum &&
    number <= maximum
    ? number
    : undefined;
}

function redrivePolicy(given: unknown): Redrive {
  const policy = typeof given === 'string' ? parsed(given) : given;
  const { deadLetterTargetArn, maxReceiveCount, ...rest } = (policy ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof deadLetterTargetArn !== 'string' || Object.keys(rest).length > 0) {
    const text = 'RedrivePolicy must have deadLetterTargetArn and maxReceiveCount only.';
    throw new AwsError('InvalidAttributeValue', text);
  }
  return {
    deadLetterTargetArn,
    maxReceiveCount: wholeNumber('maxReceiveCount', maxReceiveCount, 1, 1000),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError('InvalidAttributeValue', 'RedrivePolicy is not valid JSON.');
  }
}
