/** What the shop makes of each picture, without the one the list shows, and small before large. */
const widths = [160, 320, 640, 960, 1280];
const formats = ['webp', 'jpeg'];
const inList = 'w320.webp';

/** Paths below `/images/`, each once: all pictures in one size, then all in the next, so that neighbours cost alike. */
export function* makeablePictures(imageIds: readonly string[]): Generator<string, undefined> {
  for (const width of widths) {
    for (const format of formats) {
      const rendition = `w${width}.${format}`;
      if (rendition === inList) continue;
      for (const imageId of imageIds) yield `${imageId}/${rendition}`;
    }
  }
  return undefined;
}

const begun = new Map<string, Iterator<string, undefined>>();

/**
 * Pictures of one shop that nobody has asked for in this run: a shop keeps what it has made, so the list goes on from one
 * caller to the next.
 */
export function unmadePictures(
  baseUrl: string,
  imageIds: readonly string[],
): Iterator<string, undefined> {
  const list = begun.get(baseUrl) ?? makeablePictures(imageIds);
  begun.set(baseUrl, list);
  return list;
}
