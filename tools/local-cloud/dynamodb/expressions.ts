import type { Path } from './attribute-values.ts';
import type { AttributeValue } from './table-types.ts';

/** An operand from dynalite's parser: a path, a function or an attribute value. */
export type Operand = Path | { type: string; name?: string; args: Operand[] } | AttributeValue;

/** An expression from dynalite's parser. */
export interface Expression {
  readonly type: string;
  readonly name?: string;
  readonly args: readonly (Operand | Expression)[];
}
