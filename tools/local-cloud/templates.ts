/** Reads templates without deploying them, for tools that deploy them elsewhere. */
export { type AssemblyStack, readAssembly } from './cloudformation/assembly.ts';
export { resolve, type Scope } from './cloudformation/intrinsics.ts';
export { resourcesNeeded } from './cloudformation/references.ts';
export type {
  Template,
  TemplateOutput,
  TemplateParameter,
  TemplateResource,
} from './cloudformation/template.ts';
