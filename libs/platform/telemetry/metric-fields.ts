import { processTelemetry } from './process-telemetry.ts';

/** The namespace of our own metrics in CloudWatch. */
const NAMESPACE = 'Triptych';

/**
 * Fields that make CloudWatch count a log line as a metric: the embedded metric format. It needs no call and no
 * permission, and works for functions and for containers alike.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @param dimensions names of text fields of the same line. A process of a named stage adds `stage`, so that the copies
 * of a variant have different metrics
 */
export function metricFields(name: string, dimensions: readonly string[]): Record<string, unknown> {
  const { stage } = processTelemetry();
  const definition = {
    Namespace: NAMESPACE,
    Dimensions: [stage === undefined ? dimensions : [...dimensions, 'stage']],
    Metrics: [{ Name: name, Unit: 'Count' }],
  };
  return { [name]: 1, _aws: { Timestamp: Date.now(), CloudWatchMetrics: [definition] } };
}
