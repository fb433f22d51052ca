/**
 * The prefix lists that AWS maintains, by name ("AWS-managed prefix lists" in the VPC user guide).
 * Their ids are fixed for each region and the same in every account.
 */
export interface ManagedPrefixLists {
  /** Addresses from which CloudFront's servers call origins. */
  readonly cloudFront: string;
  /** Addresses of the services that have gateway endpoints, by service. */
  readonly services: Readonly<Record<string, string>>;
}

/** The lists of us-east-1, the region of the local cloud. */
export const MANAGED_PREFIX_LISTS: ManagedPrefixLists = {
  cloudFront: 'pl-3b927c52',
  services: { s3: 'pl-63a5400a', dynamodb: 'pl-02cd2c6b' },
};
