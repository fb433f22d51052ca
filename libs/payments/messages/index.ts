/** Messages from the queues, turned into use cases of payments. */
export { deadlineMessages } from './deadline-messages.ts';
export { paymentsMessages } from './payments-messages.ts';
