import { randomBytes } from 'node:crypto';
import { invalid } from './check-updates.ts';
import type { Operation, OperationUpdate } from './operation.ts';
import type { Operations } from './operations.ts';
import { wireOperation } from './wire-operation.ts';

/** Operations per page of the state, and the largest `MaxItems` of GetDurableExecutionState. */
const PAGE = 1000;

/**
 * The checkpoints of one invocation at a time. Each response has the token of the next request, so a
 * process that an earlier invocation left behind cannot write.
 */
export class CheckpointSession {
  readonly #operations: Operations;
  #token = '';
  #last: { readonly clientToken: string; readonly response: object } | undefined;

  constructor(operations: Operations) {
    this.#operations = operations;
  }

  /** Begins an invocation. Returns the parts of its event that differ in each invocation. */
  open(): object {
    this.#token = newToken();
    this.#last = undefined;
    const told = this.#operations.tell();
    const all = this.#operations.forReplay();
    return {
      CheckpointToken: this.#token,
      UpdatedOperationIds: told.map(({ Id }) => Id),
      InitialExecutionState: {
        Operations: all.slice(0, PAGE).map((one) => wireOperation(one, 'iso')),
        NextMarker: all.length > PAGE ? String(PAGE) : '',
      },
    };
  }

  /** Ends the invocation. Its token is invalid from now on. */
  close(): void {
    this.#token = '';
  }

  /**
   * Applies the updates of one request. A request that is repeated with its client token gets the
   * same response.
   * @param applied called with the changed operations before the response is made
   * @throws AwsError InvalidParameterValueException. `Invalid Checkpoint Token` makes the SDK reject
   *   the invocation, so that it is repeated
   */
  checkpoint(
    request: {
      readonly token: string;
      readonly clientToken?: string;
      readonly updates: readonly OperationUpdate[];
    },
    applied: (changed: readonly Operation[]) => void,
  ): object {
    const { token, clientToken, updates } = request;
    if (clientToken !== undefined && this.#last?.clientToken === clientToken) {
      return this.#last.response;
    }
    this.#check(token);
    applied(this.#operations.apply(updates, Date.now()));
    if (this.#token !== '') this.#token = newToken();
    const Operations = this.#operations.tell().map((one) => wireOperation(one, 'seconds'));
    const response = { CheckpointToken: this.#token, NewExecutionState: { Operations } };
    this.#last = clientToken === undefined ? undefined : { clientToken, response };
    return response;
  }

  /** A page of the operations that a replay needs. @throws AwsError InvalidParameterValueException */
  state(token: string, marker: string | null, maxItems: number): object {
    this.#check(token);
    const from = Number(marker ?? 0);
    const all = this.#operations.forReplay();
    const to = from + Math.min(maxItems, PAGE);
    return {
      Operations: all.slice(from, to).map((one) => wireOperation(one, 'seconds')),
      ...(to < all.length ? { NextMarker: String(to) } : {}),
    };
  }

  #check(token: string): void {
    if (this.#token === '' || token !== this.#token) throw invalid('Invalid Checkpoint Token');
  }
}

function newToken(): string {
  return randomBytes(24).toString('base64');
}
