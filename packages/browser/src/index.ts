export { Browser } from './browser';
export { BrowserPage, type PageOptions, SCREENSHOT_BYTES } from './browser-page';
export { browserSuite } from './browser-suite';
export { CHROMIUM_SETTING, findChromium, NO_CHROMIUM } from './chromium';
export {
  FakeApi,
  type FakeApiOptions,
  type FakeCall,
  type FakeOperation,
  type FakeOperations,
} from './fake-api';
export { type FakeUser, fakeUserPool, UserPoolRefusal } from './fake-user-pool';
