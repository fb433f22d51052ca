/** Code points of ITU-T H.273, as in a PNG's `cICP` chunk, an AVIF's `nclx` box or AV1 itself. */
export interface CodedColour {
  readonly primaries: number;
  readonly transfer: number;
  /** False if only part of the code values is used: from 16 to 235 of 255. */
  readonly fullRange: boolean;
}
