import { describe, expect, it } from 'vitest';
import { TargetTracking } from './target-tracking.ts';

const minuteMs = 60_000;
const policy = {
  target: 50,
  scaleOutCooldownMs: 5 * minuteMs,
  scaleInCooldownMs: 10 * minuteMs,
  scalesIn: true,
};

/**
 * Reads the same metric every minute. Returns the task count that the policy requests each time.
 */
function readings(tracking: TargetTracking, metric: number | undefined, count: number, from = 0) {
  return Array.from({ length: count }, (_, minute) =>
    tracking.wanted({ metric, tasks: 2, nowMs: (from + minute) * minuteMs }),
  );
}

describe('target tracking', () => {
  it('scales out in proportion after three consecutive readings above the target', () => {
    const tracking = new TargetTracking(policy);
    expect(readings(tracking, 120, 3)).toEqual([2, 2, 5]);
    expect(readings(tracking, 50, 1)).toEqual([2]);
    expect(readings(tracking, 120, 2)).toEqual([2, 2]);
  });

  it('scales in after fifteen consecutive readings 10 % below the target, but never to zero', () => {
    const tracking = new TargetTracking(policy);
    expect(readings(tracking, 46, 30)).toEqual(Array(30).fill(2));
    expect(readings(tracking, 20, 15)).toEqual([...Array(14).fill(2), 1]);
    expect(readings(new TargetTracking(policy), 0, 15).at(-1)).toBe(1);
  });

  it('respects the cool-downs after a change', () => {
    const out = new TargetTracking(policy);
    out.changed(1, 2, 0);
    expect(readings(out, 120, 6)).toEqual([2, 2, 2, 2, 2, 5]);
    const into = new TargetTracking(policy);
    into.changed(3, 2, 10 * minuteMs);
    expect(readings(into, 20, 21).indexOf(1)).toBe(20);
    // After a scale-out, the scale-in cool-down applies as well.
    const both = new TargetTracking({ ...policy, scaleInCooldownMs: 20 * minuteMs });
    both.changed(1, 2, 0);
    expect(readings(both, 20, 21).indexOf(1)).toBe(20);
  });

  it('changes nothing without data, and never scales in when scale-in is disabled', () => {
    expect(readings(new TargetTracking(policy), undefined, 20)).toEqual(Array(20).fill(2));
    const outOnly = new TargetTracking({ ...policy, scalesIn: false });
    expect(readings(outOnly, 0, 20)).toEqual(Array(20).fill(2));
  });
});
