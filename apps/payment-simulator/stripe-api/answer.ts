/** An HTTP answer before it is serialized. Stored under an idempotency key. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}
