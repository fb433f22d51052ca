import { describe, expect, it } from 'vitest';
import { TargetTracking } from './target-tracking.ts';

const minuteMs = 60_000;
const policy = {
  target: 50,
  scaleOutCooldownMs: 5 * minuteMs,
  scaleInCooldownMs: 10 * minuteMs,
  scalesIn: true,
};

/** Reads the same metric each minute; what the policy asked for at each reading. */
function readings(tracking: TargetTracking, metric: number | undefined, count: number, from = 0) {
  return Array.from({ length: count }, (_, minute) =>
    tracking.wanted({ metric, tasks: 2, nowMs: (from + minute) * minuteMs }),
  );
}

describe('target tracking', () => {
  it('scales out in proportion once three readings in a row are above the target', () => {
    const tracking = new TargetTracking(policy);
    expect(readings(tracking, 120, 3)).toEqual([2, 2, 5]);
    expect(readings(tracking, 50, 1)).toEqual([2]);
    expect(readings(tracking, 120, 2)).toEqual([2, 2]);
  });

  it('scales in once fifteen readings in a row are a tenth below it, and never to nothing', () => {
    const tracking = new TargetTracking(policy);
    expect(readings(tracking, 46, 30)).toEqual(Array(30).fill(2));
    expect(readings(tracking, 20, 15)).toEqual([...Array(14).fill(2), 1]);
    expect(readings(new TargetTracking(policy), 0, 15).at(-1)).toBe(1);
  });

  it('waits for the cool-downs after a change', () => {
    const out = new TargetTracking(policy);
    out.changed(1, 2, 0);
    expect(readings(out, 120, 6)).toEqual([2, 2, 2, 2, 2, 5]);
    const into = new TargetTracking(policy);
    into.changed(3, 2, 10 * minuteMs);
    expect(readings(into, 20, 21).indexOf(1)).toBe(20);
    // Less work soon after more tasks came: they have to stay for the longer cool-down.
    const both = new TargetTracking({ ...policy, scaleInCooldownMs: 20 * minuteMs });
    both.changed(1, 2, 0);
    expect(readings(both, 20, 21).indexOf(1)).toBe(20);
  });

  it('leaves the number alone without a reading, and does not scale in when it must not', () => {
    expect(readings(new TargetTracking(policy), undefined, 20)).toEqual(Array(20).fill(2));
    const outOnly = new TargetTracking({ ...policy, scalesIn: false });
    expect(readings(outOnly, 0, 20)).toEqual(Array(20).fill(2));
  });
});
