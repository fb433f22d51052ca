import {
  type Chromaticities,
  codedChromaticities,
  type Matrix,
  matrixToSrgb,
  SRGB_CHROMATICITIES,
  sameChromaticities,
} from './chromaticities.ts';
import type { CodedColour } from './coded-colour.ts';
import { codedTransfer, SRGB_TRANSFER, type Transfer } from './transfer-functions.ts';

/** A colour space that must be converted to sRGB. */
export interface SourceColour {
  /** From linear values in its primaries to linear sRGB. */
  readonly toSrgb: Matrix;
  readonly transfer: Transfer;
  readonly fullRange: boolean;
}

/** A colour space as a file describes it. */
type Description = Omit<SourceColour, 'toSrgb'> & { readonly chromaticities: Chromaticities };

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
export function unlessSrgb(described: Description): DeclaredColour {
  const { chromaticities, transfer, fullRange } = described;
  const toSrgb = matrixToSrgb(chromaticities);
  if (toSrgb === undefined) return 'unsupported';
  const isSrgb =
    fullRange &&
    transfer === SRGB_TRANSFER &&
    sameChromaticities(chromaticities, SRGB_CHROMATICITIES);
  return isSrgb ? 'default' : { toSrgb, transfer, fullRange };
}
