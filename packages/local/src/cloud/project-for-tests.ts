import { mkdtempSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { startEngine } from '../engine/engine';
import type { EngineClientConfig } from '../engine/engine-client';
import { pythonForTests } from '../engine/engine-for-tests';
import { git } from '../git/git';
import { createChangeSet, executeChangeSet } from '../pipeline/change-set';
import { findStack } from '../pipeline/stack-operation';
import type { StartEngine } from './cloud-options';
import { pipelineTemplate } from './fixtures/pipeline-template';

const FIXTURES = join(__dirname, 'fixtures');
const ACCOUNT = '111111111111';
const REGION = 'us-east-1';

/** A git repository with a manifest, a template and a build script that `edit` changes; `close` removes it. */
export class ProjectUnderTest {
  readonly folder = mkdtempSync(join(tmpdir(), 'granary-project-'));

  static async make(): Promise<ProjectUnderTest> {
    const project = new ProjectUnderTest();
    await cp(join(FIXTURES, 'project'), project.folder, { recursive: true });
    await git(project.folder, ['init', '--quiet', '--initial-branch=main']);
    await git(project.folder, ['config', 'user.name', 'tester']);
    await git(project.folder, ['config', 'user.email', 'tester@example.com']);
    await project.commit('first');
    return project;
  }

  /** Writes files and commits them. @returns the commit */
  async edit(message: string, files: Readonly<Record<string, string>>): Promise<string> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(this.folder, name, '..'), { recursive: true });
      await writeFile(join(this.folder, name), text);
    }
    return this.commit(message);
  }

  async commit(message: string): Promise<string> {
    await git(this.folder, ['add', '--all']);
    await git(this.folder, ['commit', '--quiet', '--allow-empty', `--message=${message}`]);
    return git(this.folder, ['rev-parse', 'HEAD']);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The real engine, with the fixture's pipeline stack deployed, so that no release needs a CDK application. */
export const startEngineWithPipeline: StartEngine = async ({ folder, port }) => {
  const python = await pythonForTests();
  const logFile = join(folder.logs, 'engine.log');
  const engine = await startEngine({ python, stateFolder: folder.state, logFile, port });
  await deployPipeline(engine.clientConfig(ACCOUNT, REGION));
  const ended = engine.exited.then(({ code, signal }) => ({
    reason: signal ? `signal ${signal}` : `exit code ${code}`,
    logTail: [],
  }));
  return { ...engine, stop: () => engine.stop(), kill: () => engine.kill(), ended };
};

async function deployPipeline(settings: EngineClientConfig): Promise<void> {
  const client = new CloudFormationClient(settings);
  const { signal } = new AbortController();
  const changeSet = { client, stackName: 'granary-pipeline', changeSetName: 'first', signal };
  if (!(await findStack(client, changeSet.stackName))) {
    await createChangeSet(changeSet, 'CREATE', {
      TemplateBody: JSON.stringify(pipelineTemplate()),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
    });
    await executeChangeSet(changeSet);
  }
  client.destroy();
}
