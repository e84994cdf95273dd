import { statementsOf } from '../../testing/policy';
import { controlPlaneTemplate, resources, sampleManifest } from '../../testing/sample';

const welcomeFrom = 'hello@seeds.example';

function onboarding(changes: object) {
  const manifest = sampleManifest();
  const template = controlPlaneTemplate({
    ...manifest,
    controlPlane: { ...manifest.controlPlane, ...changes },
  });
  const [made] = Object.entries(resources(template, 'AWS::Lambda::Function')).filter(([id]) =>
    id.startsWith('FunctionsOnboarding'),
  );
  const mail = statementsOf(template, 'FunctionsOnboarding').filter(({ actions }) =>
    actions.some((action) => action.startsWith('ses:')),
  );
  return { variables: made?.[1].Properties.Environment.Variables, mail };
}

test('onboarding writes from the address of the manifest, and from no other', () => {
  const { variables, mail } = onboarding({ welcomeFrom });
  expect(variables.WELCOME_FROM).toBe(welcomeFrom);
  expect(mail).toEqual([
    {
      actions: ['ses:SendEmail'],
      resources: [
        expect.stringMatching(/identity\/hello@seeds\.example$/),
        expect.stringMatching(/identity\/seeds\.example$/),
      ],
      conditions: { StringEquals: { 'ses:FromAddress': welcomeFrom } },
    },
  ]);
});

test('without one it may write to nobody', () => {
  const { variables, mail } = onboarding({});
  expect([variables.WELCOME_FROM, mail]).toEqual([undefined, []]);
});
