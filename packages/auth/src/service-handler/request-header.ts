import type { APIGatewayProxyEvent } from 'aws-lambda';

/** A header's value; the name is matched in any case. */
export function requestHeader(event: APIGatewayProxyEvent, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === wanted)?.[1];
}
