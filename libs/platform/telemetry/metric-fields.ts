/** The namespace of our own metrics in CloudWatch. */
const NAMESPACE = 'Triptych';

/**
 * Fields that make CloudWatch count a log line as a metric: the embedded metric format. It needs no call and no
 * permission, and works for functions and for containers alike.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @param dimensions names of text fields of the same line
 */
export function metricFields(name: string, dimensions: readonly string[]): Record<string, unknown> {
  const definition = {
    Namespace: NAMESPACE,
    Dimensions: [dimensions],
    Metrics: [{ Name: name, Unit: 'Count' }],
  };
  return { [name]: 1, _aws: { Timestamp: Date.now(), CloudWatchMetrics: [definition] } };
}
