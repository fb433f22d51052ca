/** The state of one product in the shop. */
interface Shelf {
  receipts: Map<string, number>;
  image: { imageId: string } | null;
  upload?: { imageId: string; polls: number; bytes?: number };
}

/**
 * The part of the shop's API that seeding uses, in memory and as a `fetch`. For unit tests only. At the third request
 * for its status, an upload gets the status `verdict`.
 */
export function shopInMemory(verdict: 'attached' | 'rejected' | 'pending' = 'attached') {
  const shelves = new Map<string, Shelf>();
  const calls: string[] = [];
  const tokens = new Set<string | null>();
  let uploads = 0;
  const json = (status: number, body: unknown) => Response.json(body, { status });

  const storeUpload = async (form: FormData): Promise<Response> => {
    const file = form.get('file');
    const names = [...form.keys()];
    if (!(file instanceof Blob) || names.at(-1) !== 'file') return json(400, { code: 'no-file' });
    const upload = [...shelves.values()].find(
      (shelf) => form.get('key') === `uploads/${shelf.upload?.imageId}`,
    )?.upload;
    if (upload === undefined) return json(403, { code: 'wrong-key' });
    upload.bytes = file.size;
    return new Response(null, { status: 204 });
  };

  const imageState = (shelf: Shelf): Response => {
    const { upload } = shelf;
    if (upload?.bytes === undefined) return json(404, { code: 'not-found' });
    upload.polls += 1;
    const status = upload.polls < 3 ? 'pending' : verdict;
    if (status === 'attached') shelf.image = { imageId: upload.imageId };
    const code = status === 'rejected' ? { code: 'unsupported-image' } : {};
    return json(200, { imageId: upload.imageId, status, ...code });
  };

  const answer = async (url: URL, init: RequestInit): Promise<Response> => {
    if (url.host === 'bucket.example') return storeUpload(await new Request(url, init).formData());
    tokens.add(new Headers(init.headers).get('authorization'));
    const body = init.method === 'POST' ? JSON.parse(String(init.body)) : undefined;
    const [, id = body?.id as string, part] =
      /^\/catalog\/products(?:\/([^/]+))?(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    const shelf = shelves.get(id);
    if (init.method === 'POST' && url.pathname === '/catalog/products') {
      if (shelf) return json(409, { code: 'already-exists' });
      shelves.set(id, { receipts: new Map(), image: null });
      return json(201, body);
    }
    if (!shelf) return json(404, { code: 'not-found' });
    if (part === 'stock') {
      shelf.receipts.set(body.receiptId, body.quantity);
      return json(200, {});
    }
    if (part === 'image' && init.method === 'GET') return imageState(shelf);
    if (part === 'image') {
      uploads += 1;
      shelf.upload = { imageId: `img-${uploads}`, polls: 0 };
      const fields = { key: `uploads/img-${uploads}`, Policy: 'signed' };
      return json(201, {
        imageId: `img-${uploads}`,
        upload: { url: 'http://bucket.example/', fields },
      });
    }
    return json(200, { id, image: shelf.image });
  };

  const fetchFromShop: typeof fetch = async (input, init = {}) => {
    init.signal?.throwIfAborted();
    const url = new URL(String(input));
    calls.push(`${init.method} ${url.pathname}`);
    return answer(url, init);
  };
  return { fetch: fetchFromShop, shelves, calls, tokens };
}
