import type { Actor } from '../permissions/types.ts';
import type { Definition } from './definition.ts';

/** A state machine of a template. */
export interface Machine {
  /** `arn:aws:states:REGION:ACCOUNT:stateMachine:NAME` */
  readonly arn: string;
  readonly name: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly roleArn: string;
  /** What its role allows. */
  readonly actor: Actor;
  readonly definition: Definition;
  /** The definition as the template has it, with its substitutions. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}
