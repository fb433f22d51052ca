/**
 * What a bill calls a function: its service and which of the service's functions it is, `catalog-http`.
 * @param stack `triptych-serverless-catalog`
 * @param logicalId `Http`
 */
export function billedFunction(stack: string, logicalId: string): string {
  return `${stack.slice(stack.lastIndexOf('-') + 1)}-${logicalId.toLowerCase()}`;
}
