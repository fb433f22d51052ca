import {
  type Chromaticities,
  codedChromaticities,
  matrixToSrgb,
  SRGB_CHROMATICITIES,
  sameChromaticities,
} from './chromaticities.ts';
import type { CodedColour } from './coded-colour.ts';
import { codedTransfer, SRGB_TRANSFER, type Transfer } from './transfer-functions.ts';

/** A colour space that must be converted to sRGB. */
export interface SourceColour {
  readonly chromaticities: Chromaticities;
  readonly transfer: Transfer;
  readonly fullRange: boolean;
}

/**
 * What a file says about its colour outside an ICC profile. `default`: it is sRGB, or has an ICC
 * profile, which sharp applies; `unsupported`: it cannot be shown as it was meant.
 */
export type DeclaredColour = SourceColour | 'default' | 'unsupported';

/** The colour space with these code points. */
export function fromCodePoints({ primaries, transfer, fullRange }: CodedColour): DeclaredColour {
  const chromaticities = codedChromaticities(primaries);
  const curve = codedTransfer(transfer);
  if (!chromaticities || !curve) return 'unsupported';
  return unlessSrgb({ chromaticities, transfer: curve, fullRange });
}

/** `default` instead of a description of sRGB; `unsupported` for impossible chromaticities. */
export function unlessSrgb(colour: SourceColour): DeclaredColour {
  const { chromaticities, transfer, fullRange } = colour;
  if (matrixToSrgb(chromaticities) === undefined) return 'unsupported';
  const isSrgb =
    fullRange &&
    transfer === SRGB_TRANSFER &&
    sameChromaticities(chromaticities, SRGB_CHROMATICITIES);
  return isSrgb ? 'default' : colour;
}
