import type { Environment } from './environment.ts';

/** A place of one request in an environment. */
export interface Place {
  readonly environment: Environment;
  /** Whether it is the first request of the environment, which waited for its start. */
  readonly isCold: boolean;
  /** Ends the use of the place. A second call has no effect. */
  release(): void;
}

/** Why a request got no place in an environment. */
export class NoPlace extends Error {
  readonly kind: 'throttled' | 'start failed' | 'stopping';
  constructor(kind: NoPlace['kind'], message: string) {
    super(message);
    this.name = 'NoPlace';
    this.kind = kind;
  }
}
