/** A mail to a tenant's new administrator, besides the invitation that Cognito sends. */
export interface WelcomeMail {
  /** Sends it. The id names the mail: what was sent under it before may be sent again, never to somebody else. */
  send(mail: Welcome): Promise<void>;
}

export interface Welcome {
  readonly to: string;
  readonly tenantId: string;
  readonly tenantName: string;
}
