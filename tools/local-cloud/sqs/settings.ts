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
}

/** Defaults and ranges in seconds or bytes: "CreateQueue" in the Amazon SQS API Reference. */
const RANGES = {
  VisibilityTimeout: { initial: 30, minimum: 0, maximum: 43_200 },
  DelaySeconds: { initial: 0, minimum: 0, maximum: 900 },
  MessageRetentionPeriod: { initial: 345_600, minimum: 60, maximum: 1_209_600 },
  MaximumMessageSize: { initial: MAX_MESSAGE_BYTES, minimum: 1024, maximum: MAX_MESSAGE_BYTES },
  ReceiveMessageWaitTimeSeconds: { initial: 0, minimum: 0, maximum: 20 },
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
    ...(redrive === undefined ? {} : { RedrivePolicy: redrivePolicy(redrive) }),
  };
}

/**
 * Reads a whole number from a number or a string.
 * @throws AwsError InvalidAttributeValue when it is out of range
 */
export function wholeNumber(
  name: string,
  value: unknown,
  minimum: number,
  maximum: number,
): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (
    typeof number === 'number' &&
    Number.isInteger(number) &&
    number >= minimum &&
    number <= maximum
  ) {
    return number;
  }
  const text = `Invalid value ${JSON.stringify(value)} for ${name}: it must be a whole number from ${minimum} to ${maximum}.`;
  throw new AwsError('InvalidAttributeValue', text);
}

function redrivePolicy(given: unknown): Redrive {
  const policy = typeof given === 'string' ? (JSON.parse(given) as unknown) : given;
  const { deadLetterTargetArn, maxReceiveCount, ...rest } = policy as Record<string, unknown>;
  if (typeof deadLetterTargetArn !== 'string' || Object.keys(rest).length > 0) {
    const text = 'RedrivePolicy must have deadLetterTargetArn and maxReceiveCount only.';
    throw new AwsError('InvalidAttributeValue', text);
  }
  return {
    deadLetterTargetArn,
    maxReceiveCount: wholeNumber('maxReceiveCount', maxReceiveCount, 1, 1000),
  };
}
