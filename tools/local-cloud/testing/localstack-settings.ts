/** Settings of a LocalStack client, and the list to which it adds the removal of each resource. */
export interface LocalStackSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Called in reverse order when the data plane stops. */
  readonly undo: (() => Promise<unknown>)[];
}
