import { Script } from 'node:vm';
import { CONTEXT_NAMES, QUEUE_IDS, TABLE_IDS } from '@triptych/context-map';
import { EVENT_DEFINITIONS } from '@triptych/events';
import type { Template } from './templates.ts';
import { identifiersIn } from './templates.ts';
import { formsOf, type ServiceNames, singularOf } from './word-forms.ts';
import type { WorkspaceTree } from './workspace-tree.ts';

/** Parts of a variant that have a stack or an artifact and are not contexts. */
const OTHER_PARTS = [
  'state',
  'front',
  'rest-front',
  'web-front',
  'code',
  'edge',
  'provider',
  'operations',
  'release',
  'simulator',
];
/** A stack's name also becomes a part of names that AWS limits to 64 characters. */
const MAX_LENGTH = 24;
const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * The names of a new context.
 * @throws Error with one sentence when the context or its things cannot have these names
 */
export function chooseNames(
  options: { readonly name: string; readonly entity?: string },
  tree: WorkspaceTree,
  templates: readonly Template[],
): ServiceNames {
  const { name } = options;
  const entity = options.entity ?? singularOf(name) ?? `${name}-item`;
  for (const word of [name, entity]) checkForm(word);
  if (name === entity) {
    throw new Error(`"${name}" cannot be both the context and its things: set another --entity.`);
  }
  checkFree(name, tree);
  if (`${entity}.created` in EVENT_DEFINITIONS) {
    throw new Error(`The event ${entity}.created exists: set another --entity.`);
  }
  const used = identifiersIn(templates);
  for (const word of [name, entity].flatMap((one) => [formsOf(one).camel, formsOf(one).pascal])) {
    if (used.has(word) || !isIdentifier(word)) {
      throw new Error(`"${word}" has a meaning in the code of a context: choose another name.`);
    }
  }
  return { name, entity };
}

function checkForm(word: string): void {
  if (!KEBAB_CASE.test(word)) {
    throw new Error(`"${word}" is not in kebab-case, such as reviews or gift-cards.`);
  }
  if (word.length > MAX_LENGTH) {
    throw new Error(`"${word}" has more than ${MAX_LENGTH} characters.`);
  }
}

function checkFree(name: string, tree: WorkspaceTree): void {
  const packages = ['libs', 'apps', 'tools'].flatMap((folder) => tree.children(folder));
  const contexts: readonly string[] = CONTEXT_NAMES;
  const others = [...packages, ...Object.keys(TABLE_IDS), ...Object.keys(QUEUE_IDS)];
  if (contexts.includes(name)) throw new Error(`There is a context "${name}" already.`);
  if ([...others, ...OTHER_PARTS, 'infra', 'tests', 'docs'].includes(name)) {
    throw new Error(`"${name}" names another part of the repository: choose another name.`);
  }
}

/** Whether a variable can have this name: reserved words cannot. */
function isIdentifier(word: string): boolean {
  try {
    new Script(`'use strict'; let ${word};`);
    return word !== 'await';
  } catch {
    return false;
  }
}
