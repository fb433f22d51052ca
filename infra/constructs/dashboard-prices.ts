/**
 * List prices in us-east-1 in USD, for the estimate on the dashboard. A test compares them with the prices of the
 * comparison, which have their sources and dates.
 */
export const DASHBOARD_PRICES = {
  'lambda-requests': 0.2 / 1_000_000,
  'lambda-gb-seconds-arm64': 0.0000133334,
  'lambda-gb-seconds-x86_64': 0.0000166667,
  'lambda-provisioned-arm64': 0.0000033334,
  'lambda-provisioned-x86_64': 0.0000041667,
  'lambda-provisioned-duration-arm64': 0.0000077778,
  'lambda-provisioned-duration-x86_64': 0.0000097222,
  'http-api-requests': 1 / 1_000_000,
  'rest-api-requests': 3.5 / 1_000_000,
  'fargate-vcpu-hours-arm64': 0.03238,
  'fargate-vcpu-hours-x86_64': 0.04048,
  'fargate-gb-hours-arm64': 0.00356,
  'fargate-gb-hours-x86_64': 0.004445,
  'load-balancer-hours': 0.0225,
  'load-balancer-units': 0.008,
  'public-ipv4-hours': 0.005,
  'cdn-requests': 0.01 / 10_000,
} as const;
