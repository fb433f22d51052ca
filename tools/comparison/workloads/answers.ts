import type { ShopAnswer, ShopConnection, ShopRequest } from './shop-connection.ts';

/** An answer with a status that the journey does not expect. */
export class UnexpectedAnswer extends Error {
  readonly status: number;

  constructor(request: ShopRequest, { status, body }: ShopAnswer) {
    super(`${request.method} ${request.path} answered ${status}: ${body.toString().slice(0, 200)}`);
    this.status = status;
  }
}

/** Sends a request and checks its status. @throws UnexpectedAnswer for any other status */
export async function expectAnswer(
  shop: ShopConnection,
  request: ShopRequest,
  status: number,
): Promise<ShopAnswer> {
  const answer = await shop.ask(request);
  if (answer.status !== status) throw new UnexpectedAnswer(request, answer);
  return answer;
}

/** Sends a request and returns the JSON of its answer. @throws UnexpectedAnswer for any other status */
export async function expectJson<Body>(
  shop: ShopConnection,
  request: ShopRequest,
  status: number,
): Promise<Body> {
  const { body } = await expectAnswer(shop, request, status);
  return JSON.parse(body.toString()) as Body;
}
