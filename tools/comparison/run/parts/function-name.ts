/**
 * The name of a function in the bill, from its service and its logical id: `catalog-http`.
 * @param stack `triptych-serverless-catalog`
 * @param logicalId `Http`
 */
export function billedFunction(stack: string, logicalId: string): string {
  return `${stack.slice(stack.lastIndexOf('-') + 1)}-${logicalId.toLowerCase()}`;
}
