import { REAL_CLOCK } from './patience';
import { runStep } from './run-step';
import { smokeTest } from './smoke';
import { parseSettings, smokeSettingsSchema } from './smoke-settings';

runStep(() =>
  smokeTest(parseSettings(smokeSettingsSchema, process.env), {
    fetch,
    clock: REAL_CLOCK,
    print: console.log,
  }),
);
