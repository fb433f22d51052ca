import type { SavedState } from '../persist/index.ts';
import type { StoredObject } from './stored-object.ts';

/** The objects of a bucket by key. Every change is saved, so that objects survive a restart. */
export class SavedObjects extends Map<string, StoredObject> {
  readonly #saved: SavedState;
  readonly #area: string;

  constructor(saved: SavedState, bucketName: string) {
    super();
    this.#saved = saved;
    this.#area = `bucket ${bucketName}`;
    for (const { key, value, bytes } of saved.entries(this.#area)) {
      const object = value as StoredObject;
      super.set(key, { ...object, body: bytes, modifiedAt: new Date(object.modifiedAt) });
    }
  }

  override set(key: string, object: StoredObject): this {
    const { body, ...value } = object;
    this.#saved.write([{ area: this.#area, key, value, bytes: body }]);
    return super.set(key, object);
  }

  override delete(key: string): boolean {
    if (this.has(key)) this.#saved.write([{ area: this.#area, key }]);
    return super.delete(key);
  }
}
