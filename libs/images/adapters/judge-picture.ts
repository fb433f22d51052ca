import { exceedsLimits, type OriginalFacts, type Rejection, type Verdict } from '../core/index.ts';
import { isAnimated } from './animation.ts';
import { isVerdict } from './decode-faults.ts';
import { endsEarly } from './formats/ends-early.ts';
import { readJpegStructure } from './formats/jpeg-markers.ts';
import { hasAllPixels, type OpenedPicture, openPicture } from './open-picture.ts';
import { isDeep, resizePicture } from './resize-picture.ts';

/**
 * Longer than a queue's consumer waits: an upload that was judged late has its verdict when its
 * message is delivered again.
 */
const TIMEOUT_SECONDS = 60;

const rejection = (rejected: Rejection['rejected']): Rejection => ({ rejected });

/**
 * Judges a file by decoding it as serving does.
 * @throws AppError unavailable `overloaded`, Error (other faults that may pass)
 */
export async function judgePicture(bytes: Uint8Array): Promise<Verdict> {
  if (bytes.byteLength === 0 || isAnimated(bytes)) return rejection('unsupported-image');
  try {
    const picture = await openPicture(bytes);
    const { format, header, colour } = picture;
    if (format === undefined || (header.pages ?? 1) > 1) return rejection('unsupported-image');
    if (colour === 'unsupported') return rejection('unsupported-colour');
    const { width: widthPx, height: heightPx } = header.autoOrient;
    const facts: OriginalFacts = { widthPx, heightPx, format };
    const jpeg = readJpegStructure(bytes);
    const work = {
      deep: isDeep(picture),
      interlaced: header.isProgressive,
      transparent: header.hasAlpha,
      profile: header.hasProfile,
      cmyk: header.space === 'cmyk',
      scans: jpeg?.scans ?? 1,
    };
    if (exceedsLimits(facts, work)) return rejection('too-many-pixels');
    if (
      jpeg &&
      !jpeg.hasEnd &&
      !(jpeg.hasAllScans && (await hasAllPixels(bytes, TIMEOUT_SECONDS)))
    ) {
      return rejection('truncated-image');
    }
    await decodeAll(picture);
    // Smaller pictures take other paths through the decoders and the colour conversion.
    await resizePicture(picture, { widthPx: 160, format: 'jpeg' }, TIMEOUT_SECONDS);
    return facts;
  } catch (error) {
    if (!isVerdict(error)) throw error;
    return rejection(endsEarly(bytes) ? 'truncated-image' : 'unsupported-image');
  }
}

/**
 * Decodes every row, in strips, because the header of a damaged file is valid. Only the last row is
 * returned, but decoders get to it through all others. Resizing would leave out the last rows of
 * some heights.
 */
async function decodeAll({ header, decode }: OpenedPicture): Promise<void> {
  const { width, height } = header;
  await decode()
    .extract({ left: 0, top: height - 1, width, height: 1 })
    .timeout({ seconds: TIMEOUT_SECONDS })
    .raw()
    .toBuffer();
}
