import { MANIFEST } from '../render/sample-fleet';
import { findControlPlane } from './control-plane';
import type { StackPlace } from './operator-access';

const OUTPUTS = {
  ApiUrl: 'https://ctl.execute-api.us-east-1.amazonaws.com/prod/',
  UserPoolId: 'us-east-1_ops',
  UserPoolClientId: 'client',
};

const find = (outputs: Record<string, string> | undefined, asked: StackPlace[] = []) =>
  findControlPlane(
    {
      outputs: async (place) => {
        asked.push(place);
        return outputs;
      },
      resources: async () => [],
    },
    MANIFEST,
    'http://127.0.0.1:4777',
  );

test('the control plane is found by the outputs of its stack, at a URL that answers here', async () => {
  const asked: StackPlace[] = [];
  expect(await find(OUTPUTS, asked)).toEqual({
    account: '222222222222',
    region: 'us-east-1',
    apiUrl: 'http://127.0.0.1:4777/_aws/execute-api/ctl/prod/',
    userPoolId: 'us-east-1_ops',
    userPoolClientId: 'client',
  });
  expect(asked).toEqual([{ account: '222222222222', region: 'us-east-1', stackName: 'barn-control-plane' }]);
});

test.each([
  ['was never deployed', undefined],
  ['has no outputs, as after a failed first deployment', {}],
])('a stack that %s is no control plane yet', async (_, outputs) => {
  expect(await find(outputs)).toBeUndefined();
});

test('a stack that lacks an output is an error that names it', async () => {
  await expect(find({ ApiUrl: OUTPUTS.ApiUrl })).rejects.toThrow(
    'stack "barn-control-plane" has no output "UserPoolId"',
  );
});
