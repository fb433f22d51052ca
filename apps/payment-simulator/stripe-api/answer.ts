/** An HTTP answer before it is written; what is kept under an idempotency key. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}
