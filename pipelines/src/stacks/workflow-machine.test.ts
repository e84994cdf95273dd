import { WORKFLOW_SHAPES, type WorkflowShape } from '@granary/control-plane';
import type { Template } from 'aws-cdk-lib/assertions';
import { statementsOf } from '../testing/policy';
import { controlPlaneTemplate, resources } from '../testing/sample';

let template: Template;
beforeAll(() => {
  template = controlPlaneTemplate();
});

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly TimeoutSeconds?: number;
  readonly Choices?: readonly { readonly Variable: string; readonly Next: string }[];
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly JitterStrategy?: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly Parameters?: { readonly Payload: Readonly<Record<string, unknown>> };
}
interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** A workflow's definition, its references replaced by their names. */
function definitionOf(kind: string): Definition {
  const machines = Object.values(resources(template, 'AWS::StepFunctions::StateMachine'));
  const found = machines.find(({ Properties }) => Properties.StateMachineName === `granary-${kind}`);
  if (!found) throw new Error(`no machine runs ${kind}`);
  const [separator, parts]: [string, unknown[]] = found.Properties.DefinitionString['Fn::Join'];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'reference')).join(separator));
}

/** The tasks from a state on, as long as nothing fails and nobody is waited for. */
function walk({ States }: Definition, from: string): string[] {
  const tasks: string[] = [];
  for (let name: string | undefined = from; name; ) {
    const state: State | undefined = States[name];
    if (state?.Type === 'Task') tasks.push(name);
    name = state?.Next ?? state?.Default;
  }
  return tasks;
}

describe.each(WORKFLOW_SHAPES.map((shape): [string, WorkflowShape] => [shape.kind, shape]))(
  'the machine of %s',
  (kind, { steps }) => {
    let definition: Definition;
    beforeAll(() => {
      definition = definitionOf(kind);
    });

    test('takes the steps in order, each for the operation and run of the input', () => {
      expect(walk(definition, definition.StartAt)).toEqual(steps.map(({ name }) => name));
      for (const { name } of steps)
        expect(definition.States[name]?.Parameters?.Payload).toEqual({
          'operationId.$': '$.operationId',
          'run.$': '$.run',
          action: 'do',
          step: name,
        });
    });

    test('undoes in reverse what can be undone, when the input says so', () => {
      const start = definition.States[definition.StartAt];
      expect(start?.Choices).toMatchObject([{ Variable: '$.direction' }]);
      const undone = steps.filter(({ undo }) => undo).map(({ name }) => `undo ${name}`);
      expect(walk(definition, start?.Choices?.[0]?.Next as string)).toEqual([...undone.reverse(), 'undone']);
    });

    test('tries each step again with jitter when a later try may do', () => {
      for (const { name } of steps) {
        const [retry] = definition.States[name]?.Retry ?? [];
        expect(retry?.ErrorEquals).toEqual(expect.arrayContaining(['TransientStepError', 'Lambda.Unknown']));
        expect(retry?.JitterStrategy).toBe('FULL');
      }
    });

    test('waits so long and no longer for a step that others end, and takes it again then', () => {
      const waits = Object.values(definition.States).filter(
        ({ Parameters }) => Parameters?.Payload.action === 'wait',
      );
      expect(waits.map((wait) => [wait.Parameters?.Payload.step, wait.TimeoutSeconds, wait.Next])).toEqual(
        steps.flatMap(({ name, waitSeconds }) => (waitSeconds ? [[name, waitSeconds, name]] : [])),
      );
      for (const wait of waits) expect(wait.Parameters?.Payload['taskToken.$']).toBe('$$.Task.Token');
    });

    test('records why a step failed, without the error’s words, before it ends or undoes', () => {
      for (const { name } of steps) {
        const record = definition.States[definition.States[name]?.Catch?.[0]?.Next ?? ''];
        expect(record?.Parameters?.Payload).toEqual({
          'operationId.$': '$.operationId',
          'run.$': '$.run',
          action: 'fail',
          step: name,
          direction: 'do',
          error: { 'Error.$': '$.error.Error' },
        });
        const then = definition.States[record?.Next ?? ''];
        expect(definition.States[then?.Default ?? '']?.Type).toBe('Fail');
        expect(then?.Choices?.[0]?.Next).toMatch(/^undo/);
      }
    });
  },
);

test('a wait is ended by those who know of what is waited for, and by nothing but the one call', () => {
  for (const name of ['Onboarding', 'Deployment']) {
    const sends = (action: string) => action.startsWith('states:SendTask');
    const [resume, ...others] = statementsOf(template, `Functions${name}Role`).filter(({ actions }) =>
      actions.some(sends),
    );
    expect(others).toEqual([]);
    expect(resume?.actions.filter(sends)).toEqual(['states:SendTaskSuccess']);
    expect(JSON.stringify(resume?.resources)).toContain('stateMachine:granary-onboarding');
  }
});
