/** Counts the environment variables that name a secret, each of which is one read at a start. Their values are ARNs. */
export function secretVariables(variables: Readonly<Record<string, unknown>>): number {
  return Object.keys(variables).filter((name) => name.endsWith('_ARN')).length;
}
