/** Names of the exports of other stacks that a part of a template refers to; CDK writes each as a plain text. */
export function importsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(importsOf);
  return Object.entries(value).flatMap(([key, operand]) =>
    key === 'Fn::ImportValue' && typeof operand === 'string' ? [operand] : importsOf(operand),
  );
}
