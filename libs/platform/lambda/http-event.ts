import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

/** The event of an HTTP function: format 1.0 from a REST API, format 2.0 from an HTTP API or a function URL. */
export type HttpEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;
