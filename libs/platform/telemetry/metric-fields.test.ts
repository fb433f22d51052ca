import { afterEach, expect, test } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import { metricFields, processTelemetry, setProcessTelemetry } from './index.ts';

afterEach(() => void captureLog());

/** The dimensions of a metric of a process in `stage`. */
function dimensionsIn(stage: string | undefined): unknown {
  captureLog();
  setProcessTelemetry({ ...processTelemetry(), stage });
  const { _aws } = metricFields('Orders', ['service', 'variant']);
  return (_aws as { CloudWatchMetrics: { Dimensions: unknown }[] }).CloudWatchMetrics[0]
    ?.Dimensions;
}

test('the copies of a variant have different metrics', () => {
  expect(dimensionsIn(undefined)).toEqual([['service', 'variant']]);
  expect(dimensionsIn('trial')).toEqual([['service', 'variant', 'stage']]);
});
