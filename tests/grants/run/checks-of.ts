import type { Grant } from '@triptych/local-cloud';

/** A suite and the files of it that should notice a missing statement, the likeliest first. */
export interface Checks {
  readonly suite: 'conformance' | 'grants';
  readonly files: readonly string[];
}

/** Conformance files by the end of a stack's name. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  auth: ['register-and-log-in', 'sessions', 'login-limits'],
  catalog: ['stock', 'manage-catalog', 'order', 'upload-picture'],
  payments: ['order', 'refunds', 'webhook'],
  images: ['upload-picture', 'images', 'picture-requests'],
  provider: ['order', 'refunds'],
  state: ['order', 'upload-picture'],
};

/** Checks of what AWS's services do on their own: schedules and logs. */
const SERVICES: Checks = { suite: 'grants', files: ['services'] };

/** The checks that should notice that a statement is missing, in the order in which they run. */
export function checksOf({ stack, actions }: Grant): readonly Checks[] {
  const files = FILES[stack.slice(stack.lastIndexOf('-') + 1)] ?? ['order'];
  if (actions.every((action) => action.startsWith('logs:'))) {
    // Its processes must run before their logs can be missed.
    return [{ suite: 'conformance', files: files.slice(0, 1) }, SERVICES];
  }
  return [SERVICES, { suite: 'conformance', files }];
}
