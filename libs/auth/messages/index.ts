/** Messages that auth's worker takes from its queue. */
export { authMessages } from './auth-messages.ts';
