import * as fc from 'fast-check';
import { Agenda } from './agenda';

/** Seconds from nothing to several, in tenths: many fall together. */
const delay = fc.integer({ min: 0, max: 70 }).map((tenths) => tenths / 10);

test('all happens in the order of its time, and at the same time in the order in which it was asked for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(delay, fc.array(delay))), async (plans) => {
      const agenda = new Agenda();
      const asked: { readonly at: number; readonly order: number }[] = [];
      const happened: typeof asked = [];
      const ask = (after: number, then: () => void) => {
        const entry = { at: agenda.now + after, order: asked.length };
        asked.push(entry);
        agenda.after(after, () => {
          expect(agenda.now).toBe(entry.at);
          happened.push(entry);
          then();
        });
      };
      for (const [first, nexts] of plans)
        ask(first, () => {
          for (const next of nexts) ask(next, () => undefined);
        });
      await agenda.run();
      expect(happened).toEqual([...asked].sort((one, other) => one.at - other.at || one.order - other.order));
    }),
  );
});

test('what is asked for in the past happens now, after what was asked for before it', async () => {
  const agenda = new Agenda();
  const happened: string[] = [];
  const note = (what: string) => () => {
    happened.push(`${what} at ${agenda.now}`);
  };
  agenda.after(5, () => {
    agenda.after(0, note('first'));
    agenda.after(-3, note('second'));
  });
  await agenda.run();
  expect(happened).toEqual(['first at 5', 'second at 5']);
});
