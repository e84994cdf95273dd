import { isWithin } from './cron';

const CASES: readonly { why: string; cron: string; zone?: string; at: string; open: boolean }[] = [
  { why: 'all of it', cron: '* * * ? * *', at: '2026-03-04T12:00:00Z', open: true },
  { why: 'office hours', cron: '* * 9-16 ? * MON-FRI *', at: '2026-03-04T16:59:59Z', open: true },
  { why: 'after office hours', cron: '* * 9-16 ? * MON-FRI *', at: '2026-03-04T17:00:00Z', open: false },
  { why: 'a Saturday', cron: '* * 9-16 ? * MON-FRI', at: '2026-03-07T12:00:00Z', open: false },
  {
    why: 'office hours elsewhere',
    cron: '* * 9-16 ? * 2-6',
    zone: 'Asia/Tokyo',
    at: '2026-03-04T00:30:00Z',
    open: true,
  },
  { why: 'an offset', cron: '* * 2 ? * *', zone: 'UTC+2', at: '2026-03-04T00:30:00Z', open: true },
  { why: 'summer time', cron: '* * 10 ? * *', zone: 'Europe/Vienna', at: '2026-07-01T08:30:00Z', open: true },
  { why: 'a range over the week’s end', cron: '* * * ? * FRI-MON', at: '2026-03-08T12:00:00Z', open: true },
  { why: 'every quarter of an hour', cron: '* 5/15 * ? * *', at: '2026-03-04T12:35:10Z', open: true },
  { why: 'between the quarters', cron: '* 5/15 * ? * *', at: '2026-03-04T12:36:00Z', open: false },
  { why: 'the last day', cron: '* * * L * ?', at: '2028-02-29T12:00:00Z', open: true },
  { why: 'three days before it', cron: '* * * L-3 * ?', at: '2026-04-27T12:00:00Z', open: true },
  {
    why: 'the working day nearest to the 15th',
    cron: '* * * 15W * ?',
    at: '2026-08-14T12:00:00Z',
    open: true,
  },
  { why: 'the last working day', cron: '* * * LW * ?', at: '2026-05-29T12:00:00Z', open: true },
  { why: 'the third Friday', cron: '* * * ? * 6#3', at: '2026-03-20T12:00:00Z', open: true },
  { why: 'the second is not the third', cron: '* * * ? * 6#3', at: '2026-03-13T12:00:00Z', open: false },
  { why: 'the last Friday', cron: '* * * ? * 6L', at: '2026-03-27T12:00:00Z', open: true },
  { why: 'a year that is over', cron: '* * * ? * * 2025', at: '2026-03-27T12:00:00Z', open: false },
  { why: 'months by name', cron: '* * * ? JAN,MAR *', at: '2026-03-27T12:00:00Z', open: true },
];

test.each(CASES)('$why: "$cron" at $at', ({ cron, zone = 'UTC', at, open }) => {
  expect(isWithin(cron, zone, new Date(at))).toBe(open);
});

test('what cannot be read is named', () => {
  const at = new Date(0);
  expect(() => isWithin('* * *', 'UTC', at)).toThrow('has 3 fields');
  expect(() => isWithin('* * 25 ? * *', 'UTC', at)).toThrow('"25" is not between 0 and 23');
  expect(() => isWithin('* * * ? * *', 'Mars/Base', at)).toThrow('time zone "Mars/Base" is unknown');
});
