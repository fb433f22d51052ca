import type { Kernel } from '../kernel.ts';
import type { AssemblyStack } from './assembly.ts';
import { withoutReferences, withSecrets } from './dynamic-references.ts';
import { type Graph, inOrder, runGraph } from './graph.ts';
import { resolve } from './intrinsics.ts';
import { resourcesNeeded } from './references.ts';
import type { Registry } from './registry.ts';
import type { DeployedStack, StackOutput } from './stack.ts';
import { recordEvent } from './stack-events.ts';
import { StackScope } from './stack-scope.ts';
import type { TemplateResource } from './template.ts';

/** The type that errors of an output name. */
const OUTPUT = 'output';

/** What the deployment of a stack needs from the local cloud. */
export interface DeployContext {
  readonly kernel: Kernel;
  readonly registry: Registry;
  /** Returns the value of an export, or undefined when no deployed stack exports it. */
  readonly imports: (name: string) => unknown;
  /** Aborts when the local cloud stops. No resource is created or started after that. */
  readonly stopping: AbortSignal;
}

/**
 * Creates the resources of a stack in dependency order, then resolves its outputs.
 * @throws Error that names stack, logical id and type of the failed resource
 */
export async function createResources(
  source: AssemblyStack,
  stack: DeployedStack,
  { kernel, registry, imports, stopping }: DeployContext,
): Promise<void> {
  const scope = new StackScope(kernel, source.template, stack, imports);
  const resources = source.template.Resources ?? {};
  const wanted = Object.entries(resources).filter(([, { Condition }]) => {
    return Condition === undefined || scope.condition(Condition);
  });
  // Check all resources first, so that an unsupported template does not leave half a stack.
  for (const [logicalId, resource] of wanted) {
    const properties = Object.keys(resource.Properties ?? {});
    within(stack, logicalId, resource.Type, () => registry.check(resource.Type, properties));
  }
  for (const logicalId of inOrder(dependencyGraph(wanted))) {
    const { Type, Properties = {}, Metadata = {} } = resources[logicalId] as TemplateResource;
    stopping.throwIfAborted();
    recordEvent(stack, { logicalId, type: Type, status: 'CREATE_IN_PROGRESS' });
    const created = await within(stack, logicalId, Type, async () =>
      registry.create(Type, {
        stack: stack.name,
        logicalId,
        properties: propertiesOf(Properties, scope, kernel),
        metadata: withoutReferences(resolve(Metadata, scope)) as Record<string, unknown>,
        kernel,
      }),
    );
    const status = created.start ? 'CREATE_IN_PROGRESS' : 'CREATE_COMPLETE';
    stack.resources.set(logicalId, { type: Type, created, createdAt: new Date(), status });
    if (!created.start) {
      recordEvent(stack, { logicalId, type: Type, physicalId: created.physicalId, status });
    }
    // The stop of the cloud may have missed this new resource.
    if (stopping.aborted) await created.stop?.(0);
  }
  stack.outputs = readOutputs(source, stack, scope);
}

function propertiesOf(
  template: Record<string, unknown>,
  scope: StackScope,
  { services }: Kernel,
): Record<string, unknown> {
  const properties = withSecrets(resolve(template, scope), () => services.secrets);
  return properties as Record<string, unknown>;
}

/** Starts created resources in dependency order, and independent ones in parallel. */
export async function startResources(
  source: AssemblyStack,
  stack: DeployedStack,
  { stopping }: DeployContext,
): Promise<void> {
  const resources = Object.entries(source.template.Resources ?? {});
  const started = runGraph(dependencyGraph(resources), async (logicalId) => {
    const resource = stack.resources.get(logicalId);
    if (!resource?.created.start) return;
    stopping.throwIfAborted();
    await within(stack, logicalId, resource.type, async () => resource.created.start?.());
    resource.status = 'CREATE_COMPLETE';
    const { type, status, created } = resource;
    recordEvent(stack, { logicalId, type, physicalId: created.physicalId, status });
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
    within(stack, key, OUTPUT, () => ({
      key,
      value: outputText(withoutReferences(resolve(output.Value, scope))),
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
  throw new Error(`an output must be a string instead of ${JSON.stringify(value)}`);
}

/** Runs `work`. Its errors name the stack and the resource. */
function within<T>(stack: DeployedStack, logicalId: string, type: string, work: () => T): T {
  const named = (cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const resource = stack.resources.get(logicalId);
    if (resource) resource.status = 'CREATE_FAILED';
    if (type !== OUTPUT) recordEvent(stack, { logicalId, type, status: 'CREATE_FAILED', reason });
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
