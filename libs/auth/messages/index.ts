/** Handlers for the messages in the queue of auth's worker. */
export { authMessages } from './auth-messages.ts';
