/** Names of the exports that part of a template imports. CDK writes each as a plain string. */
export function importsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(importsOf);
  return Object.entries(value).flatMap(([key, operand]) =>
    key === 'Fn::ImportValue' && typeof operand === 'string' ? [operand] : importsOf(operand),
  );
}
