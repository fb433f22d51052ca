/** A resource of a template. */
export interface CheckedResource {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the checks read properties of every resource type
  readonly properties: Record<string, any>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A stack of the assembly. */
export interface CheckedStack {
  readonly name: string;
  readonly template: Readonly<Record<string, object>>;
  /** Size of the template in bytes. */
  readonly bytes: number;
  /** Whether CDK uploads the template instead of sending it with the request. */
  readonly isUploaded: boolean;
}

/** What the checks see: all stacks, and the size of an artifact in bytes by its path in the template's metadata. */
export interface Checked {
  readonly stacks: readonly CheckedStack[];
  readonly resources: readonly CheckedResource[];
  readonly artifactBytes: (path: string) => number;
}

/** A measured value. */
export interface Usage {
  /** The stack, or the stack and the resource. */
  readonly where: string;
  readonly value: number;
}

/** A quota of AWS, with the measurement that compares the templates with it. */
export interface Quota {
  /** In the plural and with its unit, as in "resources in a stack". */
  readonly name: string;
  readonly atMost?: number;
  readonly atLeast?: number;
  /** AWS's page that states the number. */
  readonly page: string;
  readonly measure: (checked: Checked) => readonly Usage[];
}

/** One usage per resource of a type for which `amountOf` returns a number. */
export function perResource(
  type: string,
  amountOf: (resource: CheckedResource) => number | undefined,
): Quota['measure'] {
  return ({ resources }) =>
    resources
      .filter((resource) => resource.type === type)
      .flatMap((resource) => {
        const value = amountOf(resource);
        return value === undefined ? [] : [{ where: nameOf(resource), value }];
      });
}

export function nameOf({ stack, id }: CheckedResource): string {
  return `${stack}/${id}`;
}

/** One usage per key: the sum of `amountOf` over the resources with that key. */
export function summed(
  resources: readonly CheckedResource[],
  keyOf: (resource: CheckedResource) => string | undefined,
  amountOf: (resource: CheckedResource) => number = () => 1,
): Usage[] {
  const sums = new Map<string, number>();
  for (const resource of resources) {
    const key = keyOf(resource);
    if (key !== undefined) sums.set(key, (sums.get(key) ?? 0) + amountOf(resource));
  }
  return [...sums].map(([where, value]) => ({ where, value }));
}
