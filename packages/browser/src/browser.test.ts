import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TooManyRequestsProblem } from '@granary/api';
import { browserSuite } from './browser-suite';
import { FakeApi } from './fake-api';

const PAGES: Readonly<Record<string, string>> = {
  '/good': '<main><h1>Good</h1><label>Name <input></label></main>',
  '/unnamed': '<main><h1>Unnamed</h1><input><button></button></main>',
  '/inline': '<main><h1>Inline</h1></main><script>document.title = "ran"</script>',
  '/throws': '<main><h1>Throws</h1></main><script src="/throws.js"></script>',
};
const policy = { 'content-security-policy': "default-src 'self'; img-src data:; connect-src *" };
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer(({ url = '/' }, response) => {
    const script = url === '/throws.js';
    response.writeHead(200, { ...policy, 'content-type': script ? 'text/javascript' : 'text/html' });
    const page = `<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,">${PAGES[url]}</html>`;
    response.end(script ? 'throw new Error("thrown by the page")' : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

browserSuite('a page in the browser', (browser) => {
  const opened = async (path: string, apis: readonly string[] = []) => {
    const page = await browser().page({ origin, apis });
    await page.open(path);
    return page;
  };

  it('has nothing to complain of when nothing is wrong with it', async () => {
    const page = await opened('/good');
    expect(page.complaints()).toEqual([]);
    expect(await page.accessibilityFaults()).toEqual([]);
    expect(await page.kept()).toEqual([]);
    await page.close();
  });

  it('is found out when a person cannot tell what its fields are', async () => {
    const page = await opened('/unnamed');
    const faults = (await page.accessibilityFaults()).map((line) => line.split(':')[0]);
    expect(faults).toEqual(expect.arrayContaining(['label', 'button-name']));
    await page.close();
  });

  it.each([
    ['/inline', 'Content Security Policy'],
    ['/throws', 'thrown by the page'],
  ])('is found out when its scripts are refused or fail: %s', async (path, complaint) => {
    const page = await opened(path);
    expect(page.complaints().join('\n')).toContain(complaint);
    await page.close();
  });

  it('may be refused by an API that it knows, and reads why and when to come back', async () => {
    class Busy extends TooManyRequestsProblem {
      override readonly headers = { 'Retry-After': '7' };
    }
    const api = await FakeApi.start({
      application: {
        listProducts: () => {
          throw new Busy('the requests of today are used up');
        },
      },
    });
    const page = await opened('/good', [api.origin]);
    const before = page.complaints().length;
    const answer = await page.page.evaluate(async (url) => {
      const response = await fetch(url, { headers: { authorization: 'Bearer x' } });
      return [response.status, response.headers.get('retry-after'), (await response.json()).detail];
    }, `${api.applicationUrl}products`);
    expect(answer).toEqual([429, '7', 'the requests of today are used up']);
    expect(page.complaints().length).toBe(before);
    expect(api.faults).toEqual([]);
    await page.close();
    await api.close();
  });
});
