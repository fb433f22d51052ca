import { findBound } from './bisect.ts';
import { filledUp } from './picture-of-size.ts';
import { type Probe, tellBound } from './probe.ts';
import { send } from './send.ts';
import type { ShopPictures, Upload } from './shop-pictures.ts';

/** What the upload policy takes (design: originals up to 15 MB). */
const documentedBytes = 15_000_000;
/** From the upload to the verdict; one that takes longer has failed. */
const longestUploadMs = 12_000;
const longestAnswerMs = 8_000;

/** The largest picture that comes through, from the form to the catalog; then the largest answer made of it. */
export async function probeImage(
  probe: Probe,
  pictures: ShopPictures,
  grainy: Buffer,
): Promise<void> {
  const { findings, target, leftMs, signal } = probe;
  let refusal: Upload | undefined;
  let largest: Upload | undefined;
  const accepts = async (bytes: number) => {
    const upload = await pictures.upload(
      filledUp(grainy, bytes),
      Math.max(leftMs(), longestUploadMs),
    );
    if (upload.outcome === 'attached') largest = upload;
    else refusal = upload;
    return upload.outcome === 'attached';
  };
  const goOn = () => leftMs() > 0 && !signal.aborted;
  // Where the documented bound holds to the byte, these two uploads are enough.
  let bound = await findBound({ low: documentedBytes, high: documentedBytes + 1, accepts });
  if (bound.accepted === undefined || bound.refused === undefined) {
    const [low, high] = bound.accepted
      ? [documentedBytes, 2 * documentedBytes]
      : [grainy.length + 100, documentedBytes];
    if (low < high && goOn())
      bound = await findBound({ low, high, tolerance: 10_000, goOn, accepts });
  }
  tellBound(
    probe,
    {
      what: 'largest-image',
      title: 'Largest original that is accepted, from the upload to the catalog',
      unit: 'bytes',
      origin:
        'uploads of a JPEG of grain filled up to the byte with comments; accepted is status attached in the catalog',
    },
    bound,
  );
  if (refusal) {
    findings.fact({
      target: target.name,
      subject: 'larger original',
      text:
        refusal.outcome === 'refused'
          ? `storage answers ${refusal.status}: content-length-range of the upload policy`
          : `taken by storage, then ${refusal.outcome}`,
    });
  }
  if (largest) await probeAnswer(probe, largest.imageId);
}

/** Renditions of grain are the largest possible. Finds which are answered with bytes, and which with a redirect. */
async function probeAnswer({ findings, target, leftMs }: Probe, imageId: string): Promise<void> {
  let largestBytes = 0;
  let tried = 0;
  let elsewhere: string | undefined;
  // The largest in any case: it is the one that matters.
  for (const width of [2560, 1920, 1280]) {
    if (tried > 0 && leftMs() <= 0) break;
    const rendition = `w${width}.jpeg`;
    const url = `${target.baseUrl}/images/${imageId}/${rendition}`;
    const answer = await send({
      url,
      method: 'GET',
      timeoutMs: Math.max(leftMs(), longestAnswerMs),
    });
    tried += 1;
    if (answer.status === 200) largestBytes = Math.max(largestBytes, answer.body.length);
    else if (answer.status > 300 && answer.status < 400) {
      elsewhere ??= `${rendition} is answered ${answer.status}: above 4.5 MB of bytes base64 passes the 6 MB that a function answers (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), so the rendition is stored and the client sent there`;
    } else elsewhere ??= `${rendition} is answered ${answer.status || 'not at all'}`;
  }
  if (largestBytes === 0) {
    findings.lack({
      target: target.name,
      what: 'largest answer',
      why: 'no rendition was answered in the time',
    });
    return;
  }
  findings.figure({
    what: 'largest-answer',
    target: target.name,
    title: 'Largest picture answered with its bytes, without another address',
    value: largestBytes,
    unit: 'bytes',
    origin: `GET of ${tried} sizes of a JPEG of grain, which compresses worst; ${target.label}`,
    better: 'higher',
  });
  findings.fact({
    target: target.name,
    subject: 'largest rendition',
    text: elsewhere ?? `all ${tried} sizes are answered with their bytes`,
  });
}
