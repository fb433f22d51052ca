import type { Kernel } from '../kernel.ts';
import type { AssemblyStack } from './assembly.ts';
import { type Graph, inOrder, runGraph } from './graph.ts';
import { resolve } from './intrinsics.ts';
import { resourcesNeeded } from './references.ts';
import type { Registry } from './registry.ts';
import type { DeployedStack, StackOutput } from './stack.ts';
import { StackScope } from './stack-scope.ts';
import type { TemplateResource } from './template.ts';

/** What provisioning needs from around it. */
export interface Surroundings {
  readonly kernel: Kernel;
  readonly registry: Registry;
  /** Value of an export of another stack. */
  readonly imports: (name: string) => unknown;
  /** Aborts when the local cloud stops; nothing is created or started from then on. */
  readonly stopping: AbortSignal;
}

/**
 * Creates the resources of a stack, each after those it refers to, then works out its outputs.
 * @throws Error naming stack, logical id and type of the resource that failed
 */
export async function createResources(
  source: AssemblyStack,
  stack: DeployedStack,
  { kernel, registry, imports, stopping }: Surroundings,
): Promise<void> {
  const scope = new StackScope(kernel, source.template, stack, imports);
  const resources = source.template.Resources ?? {};
  const wanted = Object.entries(resources).filter(([, { Condition }]) => {
    return Condition === undefined || scope.condition(Condition);
  });
  // Checked before anything is made: one message about a template is better than half a stack.
  for (const [logicalId, resource] of wanted) {
    const properties = Object.keys(resource.Properties ?? {});
    within(stack, logicalId, resource.Type, () => registry.check(resource.Type, properties));
  }
  for (const logicalId of inOrder(dependencyGraph(wanted))) {
    const { Type, Properties = {}, Metadata = {} } = resources[logicalId] as TemplateResource;
    stopping.throwIfAborted();
    const created = await within(stack, logicalId, Type, async () =>
      registry.create(Type, {
        stack: stack.name,
        logicalId,
        properties: resolve(Properties, scope) as Record<string, unknown>,
        metadata: resolve(Metadata, scope) as Record<string, unknown>,
        kernel,
      }),
    );
    stack.resources.set(logicalId, { type: Type, created, createdAt: new Date() });
    // Whoever stops the cloud did not see this one.
    if (stopping.aborted) await created.stop?.(0);
  }
  stack.outputs = readOutputs(source, stack, scope);
}

/** Starts created resources, each after those it refers to, independent ones side by side. */
export async function startResources(
  source: AssemblyStack,
  stack: DeployedStack,
  { stopping }: Surroundings,
): Promise<void> {
  const resources = Object.entries(source.template.Resources ?? {});
  const started = runGraph(dependencyGraph(resources), async (logicalId) => {
    const resource = stack.resources.get(logicalId);
    if (!resource?.created.start) return;
    stopping.throwIfAborted();
    await within(stack, logicalId, resource.type, async () => resource.created.start?.());
  });
  await Promise.all(started.values());
}

function dependencyGraph(resources: readonly (readonly [string, TemplateResource])[]): Graph {
  return new Map(resources.map(([id, resource]) => [id, resourcesNeeded(resource)]));
}

function readOutputs(
  source: AssemblyStack,
  stack: DeployedStack,
  scope: StackScope,
): StackOutput[] {
  const outputs = Object.entries(source.template.Outputs ?? {}).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  return outputs.map(([key, output]) =>
    within(stack, key, 'output', () => ({
      key,
      value: outputText(resolve(output.Value, scope)),
      ...(output.Description === undefined ? {} : { description: output.Description }),
      ...(output.Export === undefined
        ? {}
        : { exportName: String(resolve(output.Export.Name, scope)) }),
    })),
  );
}

function outputText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new Error(`an output must be a text, not ${JSON.stringify(value)}`);
}

/** Runs `work`; what it throws says which resource it was about. */
function within<T>(stack: DeployedStack, logicalId: string, type: string, work: () => T): T {
  const named = (cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new Error(`Stack ${stack.name}, ${logicalId} (${type}): ${reason}`, { cause });
  };
  try {
    const result = work();
    return result instanceof Promise
      ? (result.catch((cause: unknown) => {
          throw named(cause);
        }) as T)
      : result;
  } catch (cause) {
    throw named(cause);
  }
}
