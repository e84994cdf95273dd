import { parseSettings, REAL_CLOCK, smokeSettingsSchema, smokeTest } from '@granary/release';
import { runStep } from './run-step';

runStep(() =>
  smokeTest(parseSettings(smokeSettingsSchema, process.env), {
    fetch,
    clock: REAL_CLOCK,
    print: console.log,
  }),
);
