export { type AttackCloud, type AttackCloudOptions, startAttackCloud } from './attack-cloud';
export { AttackError } from './attack-error';
export { type RunOptions, type RunResult, runAttack } from './run-attack';
