/** What the shop makes of each picture, without the one the list shows, and small before large. */
const widths = [160, 320, 640, 960, 1280];
const formats = ['webp', 'jpeg'];
const inList = 'w320.webp';

/** Paths below `/images/`, each once: all pictures in one size, then all in the next, so that neighbours cost alike. */
export function* makeablePictures(imageIds: readonly string[]): Generator<string, undefined> {
  for (const width of widths) {
    for (const format of formats) {
      const variant = `w${width}.${format}`;
      if (variant === inList) continue;
      for (const imageId of imageIds) yield `${imageId}/${variant}`;
    }
  }
  return undefined;
}
