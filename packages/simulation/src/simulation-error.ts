/** Root of what the simulation refuses: a definition that it cannot interpret, a fleet that it cannot make. */
export class SimulationError extends Error {
  override readonly name: string = 'SimulationError';
}
