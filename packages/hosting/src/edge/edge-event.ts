/** What CloudFront hands to a function of the event "viewer request", as far as it is read here. */
export interface EdgeEvent {
  readonly request: EdgeRequest;
}

export interface EdgeRequest {
  readonly method: string;
  /** Percent-encoded, without the query. */
  uri: string;
}

/** An answer that the function gives by itself. */
export interface EdgeResponse {
  readonly statusCode: number;
  readonly statusDescription: string;
  readonly headers: Readonly<Record<string, { readonly value: string }>>;
  readonly body?: { readonly encoding: 'text'; readonly data: string };
}
