import { subParts } from './sub.ts';
import type { TemplateResource } from './template.ts';

/** Returns the logical ids that a resource depends on: its references and its DependsOn. */
export function resourcesNeeded(resource: TemplateResource): Set<string> {
  const { DependsOn = [] } = resource;
  const needed = new Set(typeof DependsOn === 'string' ? [DependsOn] : DependsOn);
  collect([resource.Properties, resource.Metadata], needed);
  return needed;
}

function collect(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) {
    for (const one of value) collect(one, into);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, operand] of Object.entries(value)) {
    if (name === 'Ref' && typeof operand === 'string') into.add(operand);
    else if (name === 'Fn::GetAtt') into.add(logicalIdOf(operand));
    else if (name === 'Fn::Sub') collectSub(operand, into);
    else collect(operand, into);
  }
}

function collectSub(operand: unknown, into: Set<string>): void {
  const [text, values] = (Array.isArray(operand) ? operand : [operand, {}]) as [string, object];
  for (const part of subParts(text)) {
    if (part.name !== undefined && !(part.name in values)) into.add(logicalIdOf(part.name));
  }
  collect(values, into);
}

/** Returns the logical id of a GetAtt operand: `[id, attribute]` or `id.attribute`. */
function logicalIdOf(operand: unknown): string {
  return Array.isArray(operand) ? String(operand[0]) : (String(operand).split('.')[0] ?? '');
}
