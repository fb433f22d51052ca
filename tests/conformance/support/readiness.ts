import { type Answer, call, eventually } from './http.ts';

/** Waits until a context says that it is ready, as nobody is who waits too long for what it needs: a function that has just started on a busy machine. */
export function ready(context: string): Promise<Answer> {
  return eventually(
    () => call('GET', `/${context}/health/ready`),
    ({ status }) => status === 200,
  );
}
