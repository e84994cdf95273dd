import { pagePath } from './page-path';
import { SITES } from './site';

const application = (path: string) => pagePath(SITES.application.entries, path);
const control = (path: string) => pagePath(SITES.control.entries, path);

test.each([
  ['/', '/tenant.html'],
  ['/products/p1', '/tenant.html'],
  ['/users/ada@example.com', '/tenant.html'],
  ['/sign-up', '/sign-up.html'],
  ['/sign-up/r-1', '/sign-up.html'],
  ['/sign-up/', '/sign-up.html'],
  ['/sign-up/assets/main-1a2b.js', '/assets/main-1a2b.js'],
  ['/sign-up/config.json', '/config.json'],
  ['/sign-upper', '/tenant.html'],
  ['/assets/main-1a2b.js', '/assets/main-1a2b.js'],
  ['/config.json', '/config.json'],
  ['/favicon.svg', '/favicon.svg'],
  ['/tenant.html', '/tenant.html'],
])('%s of the application site is answered by %s', (path, file) => {
  expect(application(path)).toBe(file);
});

test('a site does not serve the pages of the other', () => {
  expect(application('/operator.html')).toBe('/tenant.html');
  expect(control('/tenant.html')).toBe('/operator.html');
  expect(control('/sign-up')).toBe('/operator.html');
});
