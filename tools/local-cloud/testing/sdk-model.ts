import { NormalizedSchema } from '@smithy/core/schema';
import type { BoundMember, MemberSupport, RequestMembers } from '../endpoint/index.ts';

type Declared = Readonly<Record<string, MemberSupport | BoundMember>>;

/** A member of a request in the SDK's model: its path in declared form, e.g. `['Entries', 'Id']`. */
export interface ModelMember {
  readonly path: readonly string[];
  /** Where REST sends it: `header if-match`, `query prefix`, or undefined. */
  readonly binding: string | undefined;
}

/** The input schema of an operation of an SDK client, e.g. `GetItem` of client-dynamodb. */
export function inputSchema(sdk: object, operation: string): NormalizedSchema {
  const schema = (sdk as Record<string, unknown>)[`${operation}$`] as [...unknown[]] | undefined;
  const input = schema?.[4] as (() => unknown) | undefined;
  if (!input) throw new Error(`The SDK has no operation ${operation}`);
  return NormalizedSchema.of(input() as Parameters<typeof NormalizedSchema.of>[0]);
}

/** Compares declared members with a model. Returns the differences, and the members not declared. */
export function compareWithModel(
  schema: NormalizedSchema,
  declared: Declared,
  path: readonly string[] = [],
): { faults: string[]; refused: ModelMember[] } {
  const faults: string[] = [];
  const refused: ModelMember[] = [];
  const members = new Map(schema.structIterator());
  for (const name of Object.keys(declared)) {
    if (!members.has(name)) faults.push(`${[...path, name].join('.')} is not in the model`);
  }
  for (const [name, member] of members) {
    const here = [...path, name];
    const binding = bindingOf(member);
    const own = declared[name];
    if (own === undefined) {
      refused.push({ path: here, binding });
      continue;
    }
    if (path.length === 0 && declaredBinding(own) !== binding) {
      faults.push(`${name} is sent as ${binding}, but declared as ${declaredBinding(own)}`);
    }
    const { structure, isMap } = structureOf(member);
    const nested = nestedMembers(supportOf(own), isMap);
    if (nested === 'any' || (nested === undefined && structure === undefined)) continue;
    if (nested === undefined || structure === undefined) {
      faults.push(`${here.join('.')} must be declared as the model has it`);
      continue;
    }
    const below = compareWithModel(structure, nested, here);
    faults.push(...below.faults);
    refused.push(...below.refused);
  }
  return { faults, refused };
}

/** An input with sample values for the required members and for the member at `path`. */
export function sampleInput(schema: NormalizedSchema, path: readonly string[]): unknown {
  if (schema.isUnionSchema()) {
    const [first] = schema.structIterator();
    return first && { [first[0]]: sampleInput(first[1], []) };
  }
  if (schema.isStructSchema()) {
    const required = Number((schema.getSchema() as unknown[])[6] ?? 0);
    const entries = [...schema.structIterator()].flatMap(([name, member], index) => {
      const rest = name === path[0] ? path.slice(1) : [];
      return index < required || name === path[0] ? [[name, sampleInput(member, rest)]] : [];
    });
    return Object.fromEntries(entries) as unknown;
  }
  if (schema.isListSchema()) return [sampleInput(schema.getValueSchema(), path)];
  if (schema.isMapSchema()) return { sample: sampleInput(schema.getValueSchema(), path) };
  if (schema.isBooleanSchema()) return true;
  if (schema.isNumericSchema()) return 1;
  if (schema.isTimestampSchema()) return new Date(0);
  return schema.isBlobSchema() ? new Uint8Array([1]) : 'sample';
}

/** The structure inside a member: the member itself, or the elements of its lists and maps. */
function structureOf(member: NormalizedSchema): { structure?: NormalizedSchema; isMap: boolean } {
  let schema = member;
  let isMap = false;
  while (schema.isListSchema() || schema.isMapSchema()) {
    isMap ||= schema.isMapSchema();
    schema = schema.getValueSchema();
  }
  // Unions, e.g. DynamoDB's AttributeValue, are values: their service checks them as a whole.
  return schema.isStructSchema() && !schema.isUnionSchema()
    ? { structure: schema, isMap }
    : { isMap };
}

function nestedMembers(support: MemberSupport, isMap: boolean): RequestMembers | 'any' | undefined {
  if (support === 'honoured') return undefined;
  if ('ignored' in support) return 'any';
  if (isMap) return 'values' in support ? support.values : undefined;
  return 'members' in support ? support.members : undefined;
}

function supportOf(declared: MemberSupport | BoundMember): MemberSupport {
  return typeof declared === 'object' && 'support' in declared ? declared.support : declared;
}

function declaredBinding(declared: MemberSupport | BoundMember): string | undefined {
  if (typeof declared !== 'object' || !('support' in declared)) return undefined;
  if (declared.header !== undefined) return `header ${declared.header}`;
  if (declared.headerPrefix !== undefined) return `headers ${declared.headerPrefix}`;
  return `query ${declared.query}`;
}

function bindingOf(member: NormalizedSchema): string | undefined {
  const traits = member.getMergedTraits();
  if (traits.httpHeader) return `header ${traits.httpHeader.toLowerCase()}`;
  if (traits.httpPrefixHeaders) return `headers ${traits.httpPrefixHeaders.toLowerCase()}`;
  return traits.httpQuery ? `query ${traits.httpQuery}` : undefined;
}
