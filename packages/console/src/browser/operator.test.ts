import { browserSuite } from '@granary/browser';
import { HALT } from './fake-operator-plane';
import { AT, GOOD, OPERATION_ID, RUN_ID } from './operator-answers';
import { ADMIN, go, OperatorUnderTest, SUPPORT } from './operator-under-test';

jest.setTimeout(120_000);

/** Every page with a text that is there once it has its answers. */
const PAGES = [
  ['/tenants', 'Acme Corporation'],
  ['/tenants/acme', 'move-key: failed'],
  ['/tenants/acme?tab=users', 'admin@acme.example.com'],
  ['/tenants/acme?tab=usage', 'Total: 1.2k requests'],
  ['/tenants/acme?tab=quota', 'It has limits of its own.'],
  ['/tenants/acme?tab=deployment', 'granary-acme'],
  ['/tenants/acme?tab=support', 'No operator was ever let in.'],
  ['/tenants/acme?tab=invoices', '$499.00'],
  ['/tenants/acme?tab=audit', 'haltRelease'],
  ['/new-tenant', 'Create the tenant'],
  ['/registrations', 'admin@larkspur.example.com'],
  ['/registrations/registration-0123456789', 'It has not begun yet.'],
  ['/operations', 'Plan change of acme'],
  ['/operations/01JB0000000000000000000001', 'the gateway was too busy'],
  ['/releases', 'Waits for an approval: Wave-everyone'],
  [`/releases/${RUN_ID}`, 'Count what the catalogue holds'],
  ['/fleet', 'pool-us'],
  ['/deployments/acme', 'granary-acme'],
  ['/health', 'tenant-user'],
  ['/costs', 'Requests a day: 1,000'],
  ['/audit', 'haltRelease'],
  ['/operators', 'sam@granary.example.com'],
] as const;

browserSuite('the operator console', (browser) => {
  let platform: OperatorUnderTest;
  beforeEach(async () => {
    platform = await OperatorUnderTest.start();
  }, 120_000);
  afterEach(() => platform.close());

  const enter = (address: string, user = ADMIN, more = {}) => platform.enter(browser(), address, user, more);
  const sent = (operation: string) => platform.sent(operation);

  it('shows how a release halts at its canary and why, and rolls it back', async () => {
    const page = await enter('/releases');
    await page.page.getByRole('link', { name: 'bbbbbbbb' }).click();
    await page.page.getByRole('img', { name: /Wave canary: 1 deployed/ }).waitFor();
    await page.page.getByRole('progressbar', { name: 'Bake of wave canary' }).waitFor();
    platform.plane.haltAtCanary();
    await page.page.getByText('Halted in wave “canary”').first().waitFor();
    await page.page.getByText(HALT.reason).first().waitFor();
    await page.page.getByText('acme: bbbbbbbb → aaaaaaaa (succeeded)').first().waitFor();
    await page.page.getByRole('img', { name: /Wave canary: 1 rolled back/ }).waitFor();
    expect(await page.accessibilityFaults()).toEqual([]);

    await page.page.getByRole('button', { name: 'Roll back', exact: true }).click();
    const dialog = page.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
    await dialog.getByText('This is needed').first().waitFor();
    expect(sent('rollBack')).toEqual([]);
    await dialog.getByLabel('Reason').fill('the canary cannot create a product');
    expect(await page.accessibilityFaults()).toEqual([]);
    await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
    await page.page.getByRole('heading', { level: 1, name: 'Rollback rollback-0001' }).waitFor();
    await page.page.getByText('all, ordered by olivia@granary.example.com').first().waitFor();
    expect(sent('rollBack').map(({ body }) => body)).toEqual([
      { target: 'all', to: GOOD, reason: 'the canary cannot create a product' },
    ]);
    expect(page.complaints()).toEqual([]);
    await page.close();
  });

  it('lets a halted release go on, or ends it, each with a reason', async () => {
    platform.plane.haltAtCanary();
    const page = await enter(`/releases/${RUN_ID}`);
    const give = async (label: string) => {
      await page.page.getByRole('button', { name: label, exact: true }).click();
      const dialog = page.page.getByRole('dialog');
      await dialog.getByLabel('Reason').fill('looked into it');
      await dialog.getByRole('button', { name: label, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await give('Resume');
    await page.page.getByRole('img', { name: /Wave canary: 1 deploying/ }).waitFor();
    await give('Abandon');
    await page.page.getByText('Ended by olivia@granary.example.com: looked into it').first().waitFor();
    expect(sent('resumeRelease').map(({ body }) => body)).toEqual([
      { mode: 'all', reason: 'looked into it' },
    ]);
    await page.close();
  });

  it('takes a tenant out only when its name is typed', async () => {
    const page = await enter('/tenants/acme');
    await page.page.getByRole('button', { name: 'Offboard' }).click();
    const dialog = page.page.getByRole('dialog');
    await dialog.getByLabel('Type “Acme Corporation” to go on').fill('acme');
    await dialog.getByRole('button', { name: 'Offboard' }).click();
    await dialog.getByText('This is not “Acme Corporation”').first().waitFor();
    expect(sent('offboardTenant')).toEqual([]);
    await dialog.getByLabel('Type “Acme Corporation” to go on').fill('Acme Corporation');
    await dialog.getByRole('button', { name: 'Offboard' }).click();
    await page.page.getByText('Its offboarding has begun.').first().waitFor();
    expect(sent('offboardTenant').map(({ body }) => body)).toEqual([
      { confirm: 'Acme Corporation', retentionDays: 30 },
    ]);
    await page.close();
  });

  it('moves a tenant out of its pool, or back into one, when its id is typed', async () => {
    const page = await enter('/tenants/juniper');
    await page.page.getByRole('button', { name: 'Move to a silo' }).click();
    const dialog = page.page.getByRole('dialog');
    await dialog.getByText('its people are invited anew').waitFor();
    await dialog.getByLabel('Cell').fill('eu-1');
    await dialog.getByLabel('Days that the old place is kept').fill('31');
    await dialog.getByLabel('Type “juniper” to go on').fill('juniper');
    await dialog.getByRole('button', { name: 'Move to a silo' }).click();
    await dialog.getByText('At most 30').first().waitFor();
    expect(await page.accessibilityFaults()).toEqual([]);
    await dialog.getByLabel('Days that the old place is kept').fill('14');
    await dialog.getByRole('button', { name: 'Move to a silo' }).click();
    await page.page.getByText('The move has begun.').first().waitFor();
    await go(page, '/tenants/acme');
    await page.page.getByRole('button', { name: 'Move to a pool' }).click();
    await dialog.getByLabel('Type “acme” to go on').fill('acme');
    expect(await dialog.getByLabel('Cell').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Move to a pool' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(sent('changeTier').map(({ params, body }) => ({ ...params, ...(body as object) }))).toEqual([
      { tenantId: 'juniper', tier: 'platinum', cell: 'eu-1', retentionDays: 14 },
      { tenantId: 'acme', tier: 'basic', retentionDays: 7 },
    ]);
    // What a silo's tier means is in the manifest.
    expect(await page.page.getByRole('button', { name: 'Change tier' }).count()).toBe(0);
    await page.close();
  });

  it('lets an onboarding that failed go on, or undoes it', async () => {
    const failed = {
      ...{ registrationId: 'registration-0123456789', tenantId: 'larkspur', tier: 'basic', status: 'failed' },
      ...{ name: 'Larkspur', adminEmail: 'a@larkspur.example.com', createdAt: AT, updatedAt: AT },
      operationId: OPERATION_ID,
    };
    platform.pages.api.change({
      control: {
        listRegistrations: ({ query }) => ({ items: query.status === 'failed' ? [failed] : [] }),
        retryRegistration: () => ({ ...failed, status: 'running', steps: [] }),
      },
    });
    const page = await enter('/registrations');
    await page.page.getByRole('button', { name: 'Retry the registration of larkspur' }).click();
    await page.page.getByText('It goes on at the step that failed.').first().waitFor();
    await page.page.getByRole('button', { name: 'Undo the registration of larkspur' }).click();
    await page.page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await page.page.getByText('It is being undone.').first().waitFor();
    expect(sent('retryRegistration').map(({ params }) => params.registrationId)).toEqual([
      failed.registrationId,
    ]);
    expect(sent('cancelOperation').map(({ params }) => params.operationId)).toEqual([OPERATION_ID]);
    await page.close();
  });

  it('finds tenants by words and by a wave', async () => {
    const page = await enter('/tenants');
    await page.page.getByRole('link', { name: 'juniper' }).waitFor();
    await page.page.getByRole('searchbox', { name: /Search by id/ }).fill('FOODS');
    await page.page.getByRole('link', { name: 'acme' }).waitFor({ state: 'detached' });
    await page.page.getByRole('button', { name: 'Clear all' }).click();
    await page.page.getByRole('button', { name: /^Wave\s+any$/ }).click();
    await page.page.getByRole('option', { name: 'canary (1)' }).click();
    await page.page.getByRole('link', { name: 'juniper' }).waitFor({ state: 'detached' });
    await page.page.getByRole('link', { name: 'acme' }).waitFor();
    await page.close();
  });

  it('shows customer support what it may see, without what it may not do', async () => {
    const page = await enter('/releases', SUPPORT);
    await page.page.getByRole('link', { name: 'bbbbbbbb' }).waitFor();
    for (const name of ['Approve', 'Roll back', 'Override'])
      expect(await page.page.getByRole('button', { name }).count()).toBe(0);
    await go(page, '/tenants/acme?tab=support');
    await page.page.getByRole('button', { name: 'Let me in' }).waitFor();
    expect(await page.page.getByRole('button', { name: 'Offboard' }).count()).toBe(0);
    await page.close();
  });

  it('verifies a chain of the audit log to its end', async () => {
    const page = await enter('/audit');
    await page.page.getByRole('button', { name: 'Verify the chain of the platform' }).click();
    await page.page.getByText('All 7 lines hold, and 2 kept heads with them.').first().waitFor();
    await page.close();
  });

  it.each([
    ['light', 1280],
    ['dark', 360],
  ] as const)('can be read by everybody on every page, %s, %d pixels wide', async (colours, width) => {
    const page = await enter('/tenants', ADMIN, { colours, size: { width, height: 800 } });
    const faults: string[] = [];
    for (const [address, text] of PAGES) {
      await go(page, address);
      const missing = await page.page
        .getByText(text)
        .first()
        .waitFor({ state: 'attached' })
        .then(
          () => [],
          () => [`${address}: shows no "${text}"`],
        );
      faults.push(...missing);
      faults.push(...(await page.accessibilityFaults()).map((fault) => `${address}: ${fault}`));
      const wide = await page.page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) faults.push(`${address}: ${wide} pixels wide`);
    }
    expect(faults).toEqual([]);
    expect(page.complaints()).toEqual([]);
    await page.close();
  });
});
