import type { CloudUnderTest } from '../cloud-under-test';
import type { Figure, Section } from '../figure';
import { commandOf, type Measurement, type MeasurementContext, onCloud } from './measurement';
import { changeOneFunction } from './release';

const CELLS = [
  { id: 'us-1', account: '222222222222', region: 'us-east-1' },
  { id: 'eu-1', account: '333333333333', region: 'eu-west-1' },
  { id: 'us-2', account: '444444444444', region: 'us-east-1' },
  { id: 'eu-2', account: '555555555555', region: 'eu-west-1' },
] as const;
const TENANTS = 12;
const CANARIES = 2;

export const wavesMeasurement: Measurement = {
  name: 'waves',
  summary: 'a release to 12 silo tenants over 4 cells: time of each wave, actions in parallel',
  run: (context) => onCloud(context, async (cloud) => [await measureWaves(cloud, context)]),
};

async function measureWaves(
  cloud: CloudUnderTest,
  { say }: Pick<MeasurementContext, 'say'>,
): Promise<Section> {
  const { clone } = cloud;
  await clone.edit('tenants.json', fleet);
  await clone.commit(`Have ${TENANTS} silo tenants over ${CELLS.length} cells`);
  const manifest = await clone.manifest();
  await cloud.up();
  await changeOneFunction(clone);
  say('pushing a change of one function');
  const { at, released } = await cloud.push();
  const { endedAt, stages, parallel, changed } = await released;
  const waves = stages.filter(({ name }) => name === 'Pools' || /^Wave-|^tenant-/.test(name));
  return {
    title: 'Waves',
    command: commandOf('waves'),
    figures: [
      {
        what: 'git push to the end of the last wave',
        value: (endedAt - at) / 1000,
        unit: 's',
        note: `${manifest.tenants.length} silo tenants, ${manifest.cells.length} cells, ${changed.length} stacks changed`,
      },
      ...waves.flatMap(({ name, milliseconds }): Figure[] => [
        {
          what: `${name}: time`,
          value: milliseconds / 1000,
          unit: 's',
          note: 'entry, deployments, smoke tests and the gate; an hour of baking is three seconds here',
        },
        {
          what: `${name}: actions in parallel`,
          value: parallel.get(name) ?? 0,
          unit: 'actions',
        },
      ]),
    ],
  };
}

/** The project's manifest with three tenants in each cell: two canaries, then half of all, then the rest. */
function fleet(text: string): string {
  const manifest = JSON.parse(text);
  const [tier] = Object.entries<{ model: string }>(manifest.tiers).find(
    ([, { model }]) => model === 'silo',
  ) ?? ['platinum'];
  const tenants = Array.from({ length: TENANTS }, (_, index) => ({
    ...{ id: `tenant-${index}`, name: `Tenant ${index}`, tier, cell: CELLS[index % CELLS.length]?.id },
    adminEmail: `admin@tenant-${index}.example.com`,
    ...(index < CANARIES ? { ring: 'canary' } : {}),
  }));
  const waves = [
    { name: 'canary', rings: ['canary'], bakeMinutes: 60 },
    { name: 'half', percentage: 50, bakeMinutes: 30 },
    { name: 'everyone', percentage: 100, bakeMinutes: 15 },
  ];
  return `${JSON.stringify({ ...manifest, cells: CELLS, tenants, rollout: { engine: 'pipeline', waves } }, undefined, 2)}\n`;
}
