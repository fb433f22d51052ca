/** The simulator's record of a refund. Part of its intent, whose one write enforces the limit. */
export interface Refund {
  readonly id: string;
  readonly amountCents: number;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly failureReason: string | null;
  readonly reason: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdSeconds: number;
}
