import { AwsError } from '../kernel.ts';
import { maximumMessageBytes } from './message.ts';

/** Where a message goes once it was received `maxReceiveCount` times without being deleted. */
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

// Defaults and ranges: CreateQueue in the SQS API reference. Seconds and bytes.
const numbers = {
  VisibilityTimeout: { initial: 30, minimum: 0, maximum: 43_200 },
  DelaySeconds: { initial: 0, minimum: 0, maximum: 900 },
  MessageRetentionPeriod: { initial: 345_600, minimum: 60, maximum: 1_209_600 },
  MaximumMessageSize: { initial: maximumMessageBytes, minimum: 1024, maximum: maximumMessageBytes },
  ReceiveMessageWaitTimeSeconds: { initial: 0, minimum: 0, maximum: 20 },
};

/**
 * Settings of a queue from a template's properties or an API call's attributes; numbers may be strings.
 * @throws AwsError InvalidAttributeValue naming the setting that is out of range.
 */
export function queueSettings(given: Readonly<Record<string, unknown>>): QueueSettings {
  const seconds = (name: keyof typeof numbers) => {
    const { initial, minimum, maximum } = numbers[name];
    return whole(name, given[name] ?? initial, minimum, maximum);
  };
  const redrive = given.RedrivePolicy;
  return {
    VisibilityTimeout: seconds('VisibilityTimeout'),
    DelaySeconds: seconds('DelaySeconds'),
    MessageRetentionPeriod: seconds('MessageRetentionPeriod'),
    MaximumMessageSize: seconds('MaximumMessageSize'),
    ReceiveMessageWaitTimeSeconds: seconds('ReceiveMessageWaitTimeSeconds'),
    ...(redrive === undefined ? {} : { RedrivePolicy: redrivePolicy(redrive) }),
  };
}

/** Throws InvalidAttributeValue unless `value` is a whole number within the bounds. */
export function whole(name: string, value: unknown, minimum: number, maximum: number): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (
    typeof number === 'number' &&
    Number.isInteger(number) &&
    number >= minimum &&
    number <= maximum
  ) {
    return number;
  }
  const text = `Invalid value ${JSON.stringify(value)} for ${name}: a whole number from ${minimum} to ${maximum} is needed.`;
  throw new AwsError('InvalidAttributeValue', text);
}

function redrivePolicy(given: unknown): Redrive {
  const policy = typeof given === 'string' ? (JSON.parse(given) as unknown) : given;
  const { deadLetterTargetArn, maxReceiveCount, ...rest } = policy as Record<string, unknown>;
  if (typeof deadLetterTargetArn !== 'string' || Object.keys(rest).length > 0) {
    const text = 'RedrivePolicy needs deadLetterTargetArn and maxReceiveCount, and nothing else.';
    throw new AwsError('InvalidAttributeValue', text);
  }
  return {
    deadLetterTargetArn,
    maxReceiveCount: whole('maxReceiveCount', maxReceiveCount, 1, 1000),
  };
}
