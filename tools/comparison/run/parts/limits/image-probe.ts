import { findBound } from './bisect.ts';
import { padToSize } from './picture-of-size.ts';
import { addBound, type Probe } from './probe.ts';
import { send } from './send.ts';
import type { ShopPictures, Upload } from './shop-pictures.ts';

/** The limit of the upload policy: originals up to 15 MB. */
const DOCUMENTED_BYTES = 15_000_000;
/** Time from the upload to its verdict. A slower upload counts as failed. */
const LONGEST_UPLOAD_MS = 12_000;
const LONGEST_ANSWER_MS = 8_000;

/** Finds the largest original that passes from upload to catalog, then the largest rendition of it that is answered. */
export async function probeImage(
  probe: Probe,
  pictures: ShopPictures,
  grainy: Buffer,
): Promise<void> {
  const { findings, target, leftMs, signal } = probe;
  let rejection: Upload | undefined;
  let largest: Upload | undefined;
  const accepts = async (bytes: number) => {
    const upload = await pictures.upload(
      padToSize(grainy, bytes),
      Math.max(leftMs(), LONGEST_UPLOAD_MS),
    );
    if (upload.outcome === 'attached') largest = upload;
    else rejection = upload;
    return upload.outcome === 'attached';
  };
  const goOn = () => leftMs() > 0 && !signal.aborted;
  // If the documented limit holds exactly, these two uploads are enough.
  let bound = await findBound({ low: DOCUMENTED_BYTES, high: DOCUMENTED_BYTES + 1, accepts });
  if (bound.accepted === undefined || bound.rejected === undefined) {
    const [low, high] = bound.accepted
      ? [DOCUMENTED_BYTES, 2 * DOCUMENTED_BYTES]
      : [grainy.length + 100, DOCUMENTED_BYTES];
    if (low < high && goOn())
      bound = await findBound({ low, high, tolerance: 10_000, goOn, accepts });
  }
  addBound(
    probe,
    {
      what: 'largest-image',
      title: 'Largest original that reaches the catalog',
      unit: 'bytes',
      origin:
        'uploads of a noise JPEG padded with comments to the exact size; status attached in the catalog counts as accepted',
    },
    bound,
  );
  if (rejection) {
    findings.fact({
      target: target.name,
      subject: 'Larger original',
      text:
        rejection.outcome === 'refused'
          ? `storage answers ${rejection.status}, because of content-length-range in the upload policy`
          : `accepted by storage, then ${rejection.outcome}`,
    });
  }
  if (largest) await probeAnswer(probe, largest.imageId);
}

/** Requests renditions of a noise picture, which are the largest possible, and finds which are answered with bytes and which with a redirect. */
async function probeAnswer({ findings, target, leftMs }: Probe, imageId: string): Promise<void> {
  let largestBytes = 0;
  let tried = 0;
  let redirected: string | undefined;
  // Always try the largest, because it matters most.
  for (const width of [2560, 1920, 1280]) {
    if (tried > 0 && leftMs() <= 0) break;
    const rendition = `w${width}.jpeg`;
    const url = `${target.baseUrl}/images/${imageId}/${rendition}`;
    const answer = await send({
      url,
      method: 'GET',
      timeoutMs: Math.max(leftMs(), LONGEST_ANSWER_MS),
    });
    tried += 1;
    if (answer.status === 200) largestBytes = Math.max(largestBytes, answer.body.length);
    else if (answer.status > 300 && answer.status < 400) {
      redirected ??= `${rendition} is answered with ${answer.status}: above 4.5 MB, the base64 text exceeds the 6 MB limit of a function’s response (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), so the function stores the rendition and redirects the client to it`;
    } else
      redirected ??= `${rendition} ${answer.status === 0 ? 'gets no answer' : `is answered with ${answer.status}`}`;
  }
  if (largestBytes === 0) {
    findings.addMissing({
      target: target.name,
      what: 'Largest picture answered without a redirect',
      why: 'no rendition was answered in time',
    });
    return;
  }
  findings.figure({
    what: 'largest-answer',
    target: target.name,
    title: 'Largest picture answered without a redirect',
    value: largestBytes,
    unit: 'bytes',
    origin: `GET of ${tried} sizes of a noise JPEG, which hardly compresses; ${target.label}`,
    better: 'higher',
  });
  findings.fact({
    target: target.name,
    subject: 'Largest rendition',
    text: redirected ?? `all ${tried} sizes are answered without a redirect`,
  });
}
