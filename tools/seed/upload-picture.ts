import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '@triptych/base/user-error';
import { type AdminApi, type Answer, expectStatus } from './admin-api.ts';

interface UploadTicket {
  readonly imageId: string;
  readonly upload: { readonly url: string; readonly fields: Record<string, string> };
}

interface ImageState {
  readonly imageId: string;
  readonly status: 'pending' | 'attached' | 'rejected';
  readonly code?: string;
}

const FIRST_POLL_MS = 100;
const MAX_POLL_MS = 1_000;

/**
 * Uploads a product's picture (a JPEG) as a browser would, and waits until the catalog shows it.
 * @throws UserError when the upload fails, the picture is rejected, or the wait times out
 */
export async function uploadPicture(
  api: AdminApi,
  productId: string,
  picture: Uint8Array,
  limits: { attachTimeoutMs: number; signal?: AbortSignal | undefined },
): Promise<void> {
  const { path, imageId, posted } = await postPicture(api, productId, picture);
  expectStatus(`Upload of ${productId}`, posted, 200, 201, 204);
  await untilAttached(api, path, imageId, limits);
}

/**
 * Requests an upload form and posts a JPEG with it.
 * @returns the path of the image's status, its id, and the response of the storage, whether it accepted the file or not
 * @throws UserError when there is no form
 */
export async function postPicture(
  api: AdminApi,
  productId: string,
  picture: Uint8Array,
): Promise<{ path: string; imageId: string; posted: Answer<unknown> }> {
  const path = `/catalog/products/${productId}/image`;
  const contentType = 'image/jpeg';
  const asked = await api.post<UploadTicket>(path, { contentType });
  const { imageId, upload } = expectStatus(`Upload ticket for ${productId}`, asked, 201);

  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.set(name, value);
  // S3 ignores every field after the file.
  form.set('file', new Blob([new Uint8Array(picture)], { type: contentType }));
  return { path, imageId, posted: await api.postForm(upload.url, form) };
}

async function untilAttached(
  api: AdminApi,
  path: string,
  imageId: string,
  limits: { attachTimeoutMs: number; signal?: AbortSignal | undefined },
): Promise<void> {
  const { attachTimeoutMs, signal } = limits;
  const deadline = performance.now() + attachTimeoutMs;
  for (let pauseMs = FIRST_POLL_MS; ; pauseMs = Math.min(pauseMs * 1.5, MAX_POLL_MS)) {
    const state = expectStatus('Image status', await api.get<ImageState>(path), 200);
    if (state.imageId !== imageId) return; // A newer upload has replaced this one.
    if (state.status === 'attached') return;
    if (state.status === 'rejected') {
      throw new UserError(`The picture ${imageId} was rejected: ${state.code ?? 'no code'}`);
    }
    if (performance.now() > deadline) {
      const seconds = Math.round(attachTimeoutMs / 1000);
      throw new UserError(
        `The picture ${imageId} was still pending after ${seconds} s. Does the images worker run?`,
      );
    }
    await delay(pauseMs, undefined, signal ? { signal } : {});
  }
}
