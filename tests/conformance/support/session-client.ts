import { expect } from 'vitest';
import { refresh, type Session } from './accounts.ts';

/**
 * A client that refreshes its session as the OpenAPI document tells it to: one refresh at a time. Callers that need a new
 * access token while a refresh is under way wait for that one.
 */
export function sessionClient(first: Session) {
  let session = first;
  let refreshing: Promise<Session> | undefined;

  async function exchange(): Promise<Session> {
    const answer = await refresh(session.refreshToken);
    expect(answer.status, answer.text).toBe(200);
    session = answer.json;
    return session;
  }

  return {
    refresh(): Promise<Session> {
      refreshing ??= exchange().finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },
  };
}
