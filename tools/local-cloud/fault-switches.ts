/** Fault injection settings, read at each call and delivery. */
export interface Misbehaviour {
  /** Seed of the random number generator for the probabilities below. */
  seed: number;
  /** 0–1: probability that a queue message is delivered twice. */
  duplicateDeliveries: number;
  /** Deliver queue messages in random order. */
  reorderDeliveries: boolean;
  /** 0–1: probability that a DynamoDB call fails with a throttling error. */
  throttleDynamo: number;
  /** 0–1: probability that an AWS call takes effect but its response is dropped. */
  dropAnswers: number;
  /** Delay added to each AWS call. */
  addLatencyMs: number;
  /** Unreachable AWS services, e.g. `events`: their calls are cut off before they take effect. */
  away: readonly string[];
}
