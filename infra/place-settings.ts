import { type Static, Type } from 'typebox';
import { checked, isAccount, isRegion, isZonePair } from './settings-formats.ts';

/** The place of a deployment. */
export interface PlaceSettings {
  /** Absent: the region of the credentials that deploy, so that nothing can check what it lacks. */
  readonly region?: string;
  /** Absent: the account of the credentials that deploy. CDK rejects the credentials of another one. */
  readonly account?: string;
  /** Two availability zones for the network. Absent: the first two of the region. */
  readonly zones?: readonly [string, string];
}

/** The environment variables of {@link PlaceSettings}. docs/template-settings.md explains each. */
export const PLACE_VARIABLES = {
  TRIPTYCH_REGION: Type.Optional(checked(isRegion, 'the code of a region, as in eu-central-1')),
  TRIPTYCH_ACCOUNT: Type.Optional(checked(isAccount, 'the 12 digits of an account')),
  TRIPTYCH_ZONES: Type.Optional(
    checked(isZonePair, 'two availability zones of one region, as in us-east-1a,us-east-1b'),
  ),
};

const SCHEMA = Type.Object(PLACE_VARIABLES);

export function toPlaceSettings(config: Static<typeof SCHEMA>): PlaceSettings {
  const { TRIPTYCH_REGION: region, TRIPTYCH_ACCOUNT: account, TRIPTYCH_ZONES: zones } = config;
  const [first = '', second = ''] = zones?.split(',').map((zone) => zone.trim()) ?? [];
  return {
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    ...(zones === undefined ? {} : { zones: [first, second] }),
  };
}
