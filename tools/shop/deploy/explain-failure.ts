/** A known cause of a failed deployment or deletion. */
export interface KnownCause {
  readonly pattern: RegExp;
  readonly cause: string;
  readonly advice: string;
}

/** The known causes; the first match applies. Patterns match what CloudFormation and the services write. */
export const KNOWN_CAUSES: readonly KnownCause[] = [
  {
    pattern: /expired ?token|token.*expired|security token.*invalid|could not load credentials/i,
    cause: 'your credentials have expired or are not valid',
    advice: 'log in again (`aws sso login` with SSO), then run the same command again',
  },
  {
    pattern: /must be verified before you can add/i,
    cause: 'AWS has not verified this account for CloudFront',
    advice:
      'open a case with AWS Support (account and billing, free of charge), or deploy another variant',
  },
  {
    pattern: /service.linked role/i,
    cause: 'a service-linked role is made when ECS or load balancers are first used in an account',
    advice: 'run the same command again: the role exists now',
  },
  {
    pattern: /Unrecognized resource types?: .*AWS::Budgets::Budget/,
    cause: 'CloudFormation does not have budgets here',
    advice: 'deploy without one (TRIPTYCH_MONTHLY_BUDGET=0), and make it in Billing',
  },
  {
    pattern: /Unrecognized resource types?/,
    cause: 'CloudFormation does not have this resource type in this region',
    advice: 'choose another region, or a setting without it (docs/template-settings.md)',
  },
  {
    pattern: /UnreservedConcurrentExecution|specified concurrent|reserved ?concurrency/i,
    cause: 'the account has too few concurrent executions of Lambda to reserve any',
    advice: 'raise "Concurrent executions" of Lambda in Service Quotas',
  },
  {
    pattern:
      /limit ?exceeded|exceeded.*(limit|quota)|quota.*exceeded|maximum number of|max.*reached/i,
    cause: 'a quota of the account is used up',
    advice:
      'delete what you do not need, or raise the quota in Service Quotas, then run the same command again',
  },
  {
    pattern: /rate exceeded|throttl|TooManyRequests/i,
    cause: 'AWS throttled the calls',
    advice: 'run the same command again: it continues where it stopped',
  },
  {
    pattern: /Export .+ (cannot|can't) be (deleted|updated|modified).*in use/i,
    cause: 'another stack still imports a value that this change removes',
    advice:
      'deploy the whole variant, not a single service, so that the importing stacks change first',
  },
  {
    pattern: /already exists/i,
    cause: 'a resource with this name exists outside the stack',
    advice: 'delete it, or deploy with another --stage, which changes every name',
  },
  {
    pattern: /No bucket with the name|asset.*(not found|does not exist)|NoSuchKey/i,
    cause: 'the artifact is not in the bootstrap bucket',
    advice: 'run the same command again: it uploads the artifacts',
  },
  {
    pattern: /AccessDenied|not authorized to perform|UnauthorizedOperation/i,
    cause: 'the role that deploys lacks a permission',
    advice: 'add the action that the message names to that role; docs/aws.md lists the roles',
  },
  {
    pattern: /CannotPull|exec format error|circuit breaker|(did not|failed to) stabilize/i,
    cause: 'the tasks of the service do not become healthy',
    advice:
      'read the log group of the service in CloudWatch; an image for another processor ends with "exec format error": check TRIPTYCH_ARCHITECTURE',
  },
  {
    pattern: /not empty/i,
    cause: 'a bucket received objects while it was being deleted',
    advice: 'run `npm run destroy` again: it empties the bucket again',
  },
  {
    pattern: /deletion protection|DeletionProtection|termination ?protection/i,
    cause: 'the resource is protected against deletion',
    advice: 'switch the protection off (TRIPTYCH_DELETION_PROTECTION=off) and deploy, then destroy',
  },
  {
    pattern: /DependencyViolation|has dependencies|dependent object|network interface/i,
    cause: 'a network interface still uses the resource',
    advice: 'AWS removes interfaces with a delay: run `npm run destroy` again in a few minutes',
  },
  {
    pattern: /ROLLBACK_FAILED/,
    cause: 'CloudFormation could not undo a failed change',
    advice:
      '`npx cdk rollback <stack>` continues the rollback; `npm run destroy` removes the stack with its data',
  },
  {
    pattern: /certificate/i,
    cause: 'the certificate cannot be used',
    advice: 'check that it is issued, in this region, and covers the host name of the base URL',
  },
];

/** A failed resource, as an operator reads about it. */
export interface Failure {
  readonly stack: string;
  readonly resource: string;
  readonly type: string;
  readonly reason: string;
}

/** Events that only follow from another failure. */
const CONSEQUENCE = /cancelled|^The following resource\(s\) failed/i;

/** The failures that are causes, not consequences of another failure; all of them if none is a cause. */
export function rootCauses(failures: readonly Failure[]): Failure[] {
  const causes = failures.filter(({ reason }) => !CONSEQUENCE.test(reason));
  return causes.length > 0 ? causes : [...failures];
}

/** The known cause of a reason, or undefined. */
export function knownCause(reason: string): KnownCause | undefined {
  return KNOWN_CAUSES.find(({ pattern }) => pattern.test(reason));
}

/** Lines that say which resource failed, why, and what to do. */
export function explainFailures(failures: readonly Failure[]): string[] {
  return rootCauses(failures).flatMap(({ stack, resource, type, reason }) => {
    const known = knownCause(reason);
    return [
      `${stack}: ${type} ${resource} failed`,
      `  why:  ${reason.replace(/\s+/g, ' ').trim()}`,
      `  what: ${known ? `${known.cause}: ${known.advice}` : 'not a known cause: the message above is from AWS'}`,
    ];
  });
}
