/** A policy that the local cloud cannot evaluate. The message names the policy and its element. */
export class PolicyError extends Error {
  /** @param where the policy, and the statement if the fault is in one */
  constructor(where: string, fault: string) {
    super(`${where}: ${fault}`);
    this.name = 'PolicyError';
  }
}

/** Creates the error for a fault in one statement. */
export type Fault = (text: string) => PolicyError;

/** @throws PolicyError for a policy variable, e.g. `${aws:username}` */
export function rejectVariables(text: string, fault: Fault): void {
  const variable = /\$\{[^}]*\}?/.exec(text)?.[0];
  if (variable !== undefined) throw fault(`the policy variable ${variable} is not supported`);
}
