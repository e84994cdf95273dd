import { CHROMIUM_SETTING, findChromium } from './chromium';

test('a browser that is named and not there is refused, not passed over', () => {
  expect(() => findChromium({ [CHROMIUM_SETTING]: '/nowhere/chromium' })).toThrow('/nowhere/chromium');
});

test('a browser that is named is taken before those of the system', () => {
  expect(findChromium({ [CHROMIUM_SETTING]: process.execPath })).toBe(process.execPath);
});
