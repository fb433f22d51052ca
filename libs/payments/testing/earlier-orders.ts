/**
 * Orders as release 0.1.0 wrote them, by state. They are texts, not values of today's types: a change of the code must not
 * change them. Their shape has no `refunded` before the first refund, and no `intentId` after an answer without an id.
 */
const LINES = '[{"productId":"cup","quantity":2,"name":"Cup","unitPriceCents":1200}]';
const TOTAL = '{"amountCents":2400,"currency":"usd"}';
const COMMON = `"accountId":"ann","version":1,"reason":null,"expectedTotal":${TOTAL},"paymentMethod":"pm_card_visa","intentAttempt":1,"createdAt":"2050-01-01T10:00:00.000Z","updatedAt":"2050-01-01T10:00:00.000Z","history":[{"state":"placed","at":"2050-01-01T10:00:00.000Z"}]`;

export const EARLIER_ORDERS = {
  placed: `{"id":"placed","state":"placed",${COMMON},"lines":[{"productId":"cup","quantity":2}],"total":null,"intentId":null}`,
  reserved: `{"id":"reserved","state":"reserved",${COMMON},"lines":${LINES},"total":${TOTAL},"intentId":null}`,
  charging: `{"id":"charging","state":"charging",${COMMON},"lines":${LINES},"total":${TOTAL},"intentId":"pi_charging"}`,
  'charging without an intent': `{"id":"charging-2","state":"charging",${COMMON},"lines":${LINES},"total":${TOTAL}}`,
  confirmed: `{"id":"confirmed","state":"confirmed",${COMMON},"lines":${LINES},"total":${TOTAL},"intentId":"pi_confirmed"}`,
} as const;
