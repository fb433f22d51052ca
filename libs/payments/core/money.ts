/** An amount in integer minor units (cents) of one ISO 4217 currency, lower case. */
export interface Money {
  readonly amountCents: number;
  readonly currency: string;
}

/** True when both amounts have the same number of cents and the same currency. */
export function sameMoney(a: Money, b: Money): boolean {
  return a.amountCents === b.amountCents && a.currency === b.currency;
}
