import { Type } from 'typebox';
import { choice, secret, text } from '../config/settings.ts';

/** The settings of the server of a Web Function, besides those of the service. */
export const webFunctionSettings = Type.Object({
  /**
   * `host:port` on which the server must listen within 10 s. Lambda sets it: `0.0.0.0:3000`.
   * AWS Lambda Developer Guide, "Web functions: runtimes"
   */
  AWS_LAMBDA_HTTP_ENDPOINT: text({ pattern: '^[^\\s:]+:\\d{1,5}$' }),
  /**
   * How the endpoint is closed to everyone but the CDN. `secret`: the service checks a header. `iam`: Lambda checks a
   * signature, and the service checks nothing.
   */
  EDGE_ACCESS: choice(['secret', 'iam']),
});

/** Only with `EDGE_ACCESS=secret`. */
export const edgeSecretSettings = Type.Object({ EDGE_SECRET: secret() });
