import fc from 'fast-check';
import { freezeSpan, isTimeZone, isWindowOpen, releaseTime } from './calendar';
import { type Freeze, type ReleaseWindow, WEEKDAYS } from './rollout-fields';

const at = (text: string) => new Date(text);
const office: ReleaseWindow = { days: ['mon', 'tue'], from: '09:00', to: '17:00', timeZone: 'Europe/Berlin' };
const holidays: Freeze = {
  from: '2026-12-24',
  to: '2026-12-26',
  timeZone: 'America/New_York',
  reason: 'holidays',
};

describe('a window', () => {
  it.each([
    ['opens at its hour, in winter an hour after UTC says so', '2026-01-05T08:00:00Z', true],
    ['is closed a minute before', '2026-01-05T07:59:00Z', false],
    ['opens an hour earlier in summer, by UTC', '2026-07-06T07:00:00Z', true],
    ['closes at its end', '2026-01-05T16:00:00Z', false],
    ['knows days by its own clock', '2026-01-07T10:00:00Z', false],
  ])('%s', (_what, time, open) => {
    expect(isWindowOpen(office, at(time))).toBe(open);
  });

  it('of a day that is still yesterday elsewhere is open there', () => {
    const window: ReleaseWindow = { days: ['sun'], from: '20:00', to: '23:59', timeZone: 'America/New_York' };
    expect(isWindowOpen(window, at('2026-01-05T02:00:00Z'))).toBe(true);
  });

  it('of all days and hours is open at any time, in any time zone', () => {
    const zones = fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia');
    const times = fc.date({ min: at('2000-01-01'), max: at('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, times, (timeZone, time) => {
        expect(isWindowOpen({ days: WEEKDAYS, from: '00:00', to: '24:00', timeZone }, time)).toBe(true);
      }),
    );
  });
});

describe('a freeze', () => {
  it('of days lasts from the first midnight to the last, by its own clock', () => {
    expect(freezeSpan(holidays)).toEqual({
      from: at('2026-12-24T05:00:00Z'),
      to: at('2026-12-27T05:00:00Z'),
    });
  });

  it('over the change of the clocks is an hour shorter', () => {
    const { from, to } = freezeSpan({ from: '2026-03-29', to: '2026-03-29', timeZone: 'Europe/Berlin' });
    expect(to.getTime() - from.getTime()).toBe(23 * 3_600_000);
  });

  it('of instants lasts from one to the other', () => {
    const instants = { from: '2026-12-24T18:00:00Z', to: '2026-12-25T01:00:00+01:00', timeZone: 'UTC' };
    expect(freezeSpan(instants)).toEqual({
      from: at('2026-12-24T18:00:00Z'),
      to: at('2026-12-25T00:00:00Z'),
    });
  });
});

describe('a release', () => {
  it('may enter a wave at any time when nothing says otherwise', () => {
    expect(releaseTime({ windows: [], freeze: [] }, at('2026-01-01T00:00:00Z'))).toEqual({ open: true });
  });

  it('waits for a window', () => {
    const rollout = { windows: [office], freeze: [] };
    expect(releaseTime(rollout, at('2026-01-10T10:00:00Z'))).toEqual({ open: false, closedBy: 'window' });
    expect(releaseTime(rollout, at('2026-01-06T10:00:00Z'))).toEqual({ open: true });
  });

  it('is kept out by a freeze, whatever the windows say, until the last freeze ends', () => {
    const longer = { ...holidays, to: '2026-12-31', reason: 'stocktaking' };
    expect(
      releaseTime({ windows: [], freeze: [holidays, longer] }, at('2026-12-25T12:00:00Z')),
    ).toMatchObject({
      closedBy: 'freeze',
      freeze: { reason: 'stocktaking' },
      until: at('2027-01-01T05:00:00Z'),
    });
  });
});

it.each([
  ['UTC', true],
  ['Asia/Kolkata', true],
  ['Mars/Olympus', false],
])('%s is a time zone: %s', (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});
