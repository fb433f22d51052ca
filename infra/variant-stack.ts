import { Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { PlaceSettings } from './place-settings.ts';

/** A stack in the region and account of the settings. */
export class VariantStack extends Stack {
  readonly #zones: readonly string[];
  /** What the stack keeps is encrypted under it. Undefined: under keys of AWS. */
  key: Key | undefined;

  constructor(scope: Stack['node']['root'], id: string, place: PlaceSettings, props: StackProps) {
    const { region, account, zones } = place;
    super(scope, id, { ...props, env: { region, account } });
    this.#zones = zones ?? [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())];
  }

  /** CloudFormation chooses the zones. With a known account, CDK would ask AWS for them while it writes the templates. */
  override get availabilityZones(): string[] {
    return [...this.#zones];
  }
}
