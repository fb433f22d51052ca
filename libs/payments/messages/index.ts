/** Inbound messages from the queues, mapped to use cases of payments. */
export { deadlineMessages } from './deadline-messages.ts';
export { paymentsMessages } from './payments-messages.ts';
