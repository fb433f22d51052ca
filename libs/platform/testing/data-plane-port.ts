/** An AWS for the contract tests of adapters: tables, buckets, queues, buses and secrets without templates. */
export interface DataPlane {
  readonly endpointUrl: string;
  /** Environment variables of a process that uses it: region, credentials, `AWS_ENDPOINT_URL`. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Creates a table with the key schema of every context, or the key schema of the `limits` table. Returns its name.
   */
  createTable(shape: { name: string; limits?: boolean }): Promise<string>;
  /** Creates a bucket that sends object-created events to the default bus. Returns its name. */
  createBucket(name: string): Promise<string>;
  /** `properties` are those of AWS::SQS::Queue. Returns the queue's URL. */
  createQueue(name: string, properties?: Record<string, unknown>): Promise<string>;
  /** Returns the name. */
  createBus(name: string): Promise<string>;
  /** Sends the events of a bus that match `pattern` to a queue. */
  createRule(rule: { bus: string; pattern: object; queueUrl: string }): Promise<void>;
  /** Returns the ARN. */
  createSecret(secret: { Name: string; SecretString: string }): Promise<string>;
  /** The object stored under a key, read without the adapter under test. */
  objectIn(bucket: string, key: string): Promise<StoredObject | undefined>;
  /** How many messages a queue holds: visible, in flight and delayed. */
  messagesIn(queueUrl: string): Promise<number>;
  /** Receives one message, waiting up to `withinMs`. Returns its body. */
  takeMessage(queueUrl: string, withinMs: number): Promise<string | undefined>;
  stop(): Promise<void>;
}

export interface StoredObject {
  readonly body: Buffer;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

type Start = () => Promise<DataPlane>;

let provided: Start | undefined;

/** Sets the AWS that `startDataPlane` starts. The setup file of the contract tests calls it once (vitest.config.ts). */
export function provideDataPlane(start: Start): void {
  provided = start;
}

/**
 * Starts the AWS that a contract suite runs against. Libraries never import tools, so the tools provide it.
 * @throws Error when no setup file has called {@link provideDataPlane}
 */
export function startDataPlane(): Promise<DataPlane> {
  if (!provided)
    throw new Error('Run contract tests with `--project contracts`: no AWS is provided.');
  return provided();
}
