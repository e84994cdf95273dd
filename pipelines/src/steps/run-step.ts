import { StepError } from '@granary/release';

/** Runs a step's main function: an expected failure prints its reason, any other its stack, and both fail the build. */
export function runStep(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    const text = error instanceof StepError ? `${error.name}: ${error.message}` : error;
    console.error(text);
    process.exitCode = 1;
  });
}
