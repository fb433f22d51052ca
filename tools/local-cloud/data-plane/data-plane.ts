/** Tables, buckets, queues and buses on an endpoint, without templates: for tests of adapters. */
export interface DataPlane {
  readonly endpointUrl: string;
  /** What a process needs to find and be let into it: region, credentials, `AWS_ENDPOINT_URL`. */
  readonly environment: Readonly<Record<string, string>>;
  /** The table shape every context uses, or that of the `limits` table; returns the name. */
  createTable(shape: { name: string; limits?: boolean }): Promise<string>;
  /** Its object-created events appear on the default bus; returns the name. */
  createBucket(name: string): Promise<string>;
  /** Properties as in AWS::SQS::Queue; returns the queue's URL. */
  createQueue(name: string, properties?: Record<string, unknown>): Promise<string>;
  /** Returns the name. */
  createBus(name: string): Promise<string>;
  /** Sends the events of a bus that match `pattern` to a queue. */
  createRule(rule: { bus: string; pattern: object; queueUrl: string }): Promise<void>;
  /** Returns the ARN. */
  createSecret(secret: { Name: string; SecretString: string }): Promise<string>;
  /** What lies in a bucket under a key now. */
  objectIn(bucket: string, key: string): Promise<StoredObject | undefined>;
  /** Messages of a queue in whatever state: waiting, taken, delayed. */
  messagesIn(queueUrl: string): Promise<number>;
  /** Takes one message, waiting up to `withinMs`; returns its body. */
  takeMessage(queueUrl: string, withinMs: number): Promise<string | undefined>;
  stop(): Promise<void>;
}

export interface StoredObject {
  readonly body: Buffer;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}
