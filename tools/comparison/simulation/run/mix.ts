import type { Random } from '../random/random.ts';
import { STEPS, type Step } from './step-works.ts';

/** How many of the requests are of which kind. The shares add up to 1. */
export type Mix = Readonly<Record<Step, number>>;

/**
 * The mix of a shop: each order has a log-in and a look at the order. What is neither an order nor a picture is browsing.
 * @throws RangeError when the shares leave nothing to browse
 */
export function mixOf(ordersShare: number, picturesShare: number): Mix {
  const browse = 1 - 3 * ordersShare - picturesShare;
  if (!(browse >= 0) || !(ordersShare >= 0) || !(picturesShare >= 0)) {
    throw new RangeError('three times the orders and the pictures must be at most all requests');
  }
  return {
    browse,
    picture: picturesShare,
    'log-in': ordersShare,
    'place-order': ordersShare,
    poll: ordersShare,
  };
}

/** Draws the kind of a request. */
export function stepOf(mix: Mix, random: Random): Step {
  let left = random.uniform();
  for (const step of STEPS) {
    left -= mix[step];
    if (left < 0) return step;
  }
  return 'browse';
}
