import {
  CONTEXT_NAMES,
  type CONTEXTS,
  type ContextName,
  type ContextWith,
  traitsOf,
} from './contexts.ts';

type KeysOf<Trait extends 'extraTables' | 'extraQueues'> = {
  [Name in ContextName]: (typeof CONTEXTS)[Name] extends Readonly<Record<Trait, infer Extra>>
    ? keyof Extra & string
    : never;
}[ContextName];

/** Every table: a context's own has the context's name. */
export type TableName = ContextWith<'table', true> | KeysOf<'extraTables'>;
/** Every queue: a context's own has the context's name. */
export type QueueName = ContextWith<'queue', true> | KeysOf<'extraQueues'>;

/** `gift-cards` → `GiftCards`: the start of the logical ids of a context's resources. */
export function pascalCase(name: string): string {
  return name.replace(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) => letter.toUpperCase());
}

/** `gift-cards` → `GIFT_CARDS_TABLE`: the variable that holds the name of a context's table. */
export function tableVariable(name: ContextName): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_TABLE`;
}

/** Logical ids of all tables, by table. The output of the state stack is the id with `Name`. */
export const TABLE_IDS = logicalIds('table', 'extraTables', 'Table') as Record<TableName, string>;

/** Logical ids of all queues, by queue. The output of the state stack is the id with `Url`. */
export const QUEUE_IDS = logicalIds('queue', 'extraQueues', 'Queue') as Record<QueueName, string>;

function logicalIds(
  own: 'table' | 'queue',
  extra: 'extraTables' | 'extraQueues',
  suffix: string,
): Record<string, string> {
  const entries = CONTEXT_NAMES.flatMap((name) => {
    const traits = traitsOf(name);
    const first = traits[own] ? [[name, `${pascalCase(name)}${suffix}`]] : [];
    return [...first, ...Object.entries(traits[extra] ?? {})];
  });
  return Object.fromEntries(entries);
}
