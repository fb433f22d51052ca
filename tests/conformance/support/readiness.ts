import { type Answer, call, eventually } from './http.ts';

/** Waits until a context reports that it is ready. On a busy machine a function that has just started may not be. */
export function ready(context: string): Promise<Answer> {
  return eventually(
    () => call('GET', `/${context}/health/ready`, { once: true }),
    ({ status }) => status === 200,
  );
}
