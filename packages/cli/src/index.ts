export { CliError, EXIT, type ExitCode, UsageError, WalkError } from './cli-error';
export { readTemplates } from './plan/assembly';
export { synthesized } from './plan/synthesized';
export { failingReads } from './rehearsal/faults/failing-reads';
export { type Column, table } from './render/table';
export { type ControlPlane, findControlPlane } from './walk/control-plane';
export { ensureOperator, enterAsOperator, type Operator } from './walk/operator';
export type { OperatorAccess, StackPlace } from './walk/operator-access';
export { randomPassword } from './walk/password';
export { PATIENCE } from './walk/patience';
export { reachableUrl } from './walk/reachable-url';
export { activeTenant, signUpTenant } from './walk/sign-up';
export { cloudFormationStacks, type StackResource, type Stacks } from './walk/stacks';
export {
  type Credentials,
  cognitoUsers,
  type PoolClient,
  type PoolPlace,
  signIn,
  type Users,
} from './walk/users';
export { type WalkOptions, walk } from './walk/walk';
export type { WalkReport } from './walk/walk-report';
