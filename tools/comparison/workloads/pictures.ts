/** The renditions to request, from small to large, without the one shown in lists. */
const WIDTHS_PX = [160, 320, 640, 960, 1280];
const FORMATS = ['webp', 'jpeg'];
const LIST_RENDITION = 'w320.webp';

/** Paths below `/images/`, each once: all pictures in one size, then in the next, so that consecutive requests cost about the same. */
export function* makeablePictures(imageIds: readonly string[]): Generator<string, undefined> {
  for (const width of WIDTHS_PX) {
    for (const format of FORMATS) {
      const rendition = `w${width}.${format}`;
      if (rendition === LIST_RENDITION) continue;
      for (const imageId of imageIds) yield `${imageId}/${rendition}`;
    }
  }
  return undefined;
}

const generators = new Map<string, Iterator<string, undefined>>();

/**
 * Renditions of one shop that were not requested in this run. A shop stores its renditions, so all callers share one iterator
 * per shop.
 */
export function unmadePictures(
  baseUrl: string,
  imageIds: readonly string[],
): Iterator<string, undefined> {
  const list = generators.get(baseUrl) ?? makeablePictures(imageIds);
  generators.set(baseUrl, list);
  return list;
}
