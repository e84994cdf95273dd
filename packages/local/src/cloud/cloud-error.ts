/** The local cloud cannot start, stop or answer; the message says what to do. */
export class CloudError extends Error {
  override readonly name: string = 'CloudError';
}

/** Another local cloud runs on this state folder. */
export class CloudRunsError extends CloudError {
  override readonly name = 'CloudRunsError';
  constructor(
    readonly pid: number,
    stateFolder: string,
  ) {
    super(
      `a local cloud runs already on "${stateFolder}" (process ${pid}): use it, or stop it with "granary stop"`,
    );
  }
}

/** No local cloud runs on this state folder. */
export class CloudNotRunningError extends CloudError {
  override readonly name = 'CloudNotRunningError';
  constructor(stateFolder: string) {
    super(`no local cloud runs on "${stateFolder}": start it with "npm start"`);
  }
}
