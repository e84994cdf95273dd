import { type Diagnostic, formatDiagnostics } from './diagnostic';

/** Root of this package's errors. */
export class ManifestError extends Error {
  override readonly name: string = 'ManifestError';

  constructor(
    message: string,
    /** Every mistake found; empty when the error is not about the text. */
    readonly diagnostics: readonly Diagnostic[] = [],
  ) {
    super(message);
  }

  /** An error whose message lists all the diagnostics. */
  static of(diagnostics: readonly Diagnostic[], fileName: string): ManifestError {
    const count = diagnostics.length === 1 ? '1 problem' : `${diagnostics.length} problems`;
    return new ManifestError(
      `${fileName} has ${count}\n${formatDiagnostics(diagnostics, fileName)}`,
      diagnostics,
    );
  }
}

/** The manifest is well formed, but no release can be planned from it. */
export class RolloutError extends ManifestError {
  override readonly name = 'RolloutError';
}
