import { entryScripts } from './entry-scripts';

const FILES: Readonly<Record<string, string>> = {
  'assets/entry.js': 'import{a as b}from"./shared.js";const p=()=>import(`./page.js`);',
  'assets/shared.js': 'import"./more.js";export{x as a};',
  'assets/more.js': 'const text="from nowhere";',
  'assets/page.js': 'import{c}from"./shared.js";import{d}from"./table.js";const s=import("./entry.js");',
  'assets/table.js': '',
};
const page = '<script type="module" crossorigin src="./assets/entry.js"></script>';
const read = async (file: string) => {
  const text = FILES[file];
  if (text === undefined) throw new Error(`no ${file}`);
  return text;
};

test('what a page loads first is told apart from what its parts load later, each file once', async () => {
  const { first, all } = await entryScripts(page, read);
  expect([...first].sort()).toEqual(['assets/entry.js', 'assets/more.js', 'assets/shared.js']);
  expect([...all].sort()).toEqual(Object.keys(FILES).sort());
});

test('a page without a script is no entry', async () => {
  await expect(entryScripts('<p>nothing</p>', read)).rejects.toThrow('no script');
});
