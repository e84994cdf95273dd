/** All that is written to standard output, error and the console while `work` runs, and what `work` gave. */
export async function capturedOutput<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly output: string; readonly result: Result }> {
  const written: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    }),
  );
  // Jest's console does not write to the streams.
  const consoles = (['debug', 'error', 'info', 'log', 'warn'] as const).map((level) =>
    jest.spyOn(console, level).mockImplementation((...parts: unknown[]) => {
      written.push(`${parts.map(String).join(' ')}\n`);
    }),
  );
  try {
    const result = await work();
    return { output: written.join(''), result };
  } finally {
    for (const spy of [...streams, ...consoles]) spy.mockRestore();
  }
}
