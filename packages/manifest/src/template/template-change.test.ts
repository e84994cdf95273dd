import fc from 'fast-check';
import { STATEFUL_TYPES } from './stateful-types';
import { assemblyChanges, statefulChanges, statefulResources, type Template } from './template-change';

const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' },
};
const BEFORE: Template = {
  Resources: {
    Orders: TABLE,
    People: { Type: 'AWS::Cognito::UserPool', Properties: { UsernameAttributes: ['email'] } },
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Threshold: 1 } },
  },
};

function changed(resources: Template['Resources']): Template {
  return { Resources: { ...BEFORE.Resources, ...resources } };
}

describe('between two templates', () => {
  it('a table with other keys is replaced', () => {
    const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' }];
    const after = changed({ Orders: { ...TABLE, Properties: { ...TABLE.Properties, KeySchema } } });
    expect(statefulChanges(BEFORE, after)).toEqual([
      { resource: 'Orders', type: TABLE.Type, kind: 'replaced', properties: ['KeySchema'] },
    ]);
  });

  it('a table with another logical id is gone, and so is one that is of another type now', () => {
    const { Orders: _orders, ...others } = BEFORE.Resources ?? {};
    const gone = [{ resource: 'Orders', type: TABLE.Type, kind: 'gone', properties: [] }];
    expect(statefulChanges(BEFORE, { Resources: { ...others, Orders2: TABLE } })).toEqual(gone);
    expect(statefulChanges(BEFORE, changed({ Orders: { Type: 'AWS::S3::Bucket' } }))).toEqual(gone);
  });

  it('what changes in place, and what holds nothing, may change', () => {
    const Orders = { ...TABLE, Properties: { ...TABLE.Properties, BillingMode: 'PROVISIONED' } };
    const { Alarm: _alarm, ...others } = BEFORE.Resources ?? {};
    expect(statefulChanges(BEFORE, { Resources: { ...others, Orders } })).toEqual([]);
  });

  it('every immutable property of every stateful type is seen, added, changed or taken out', () => {
    const cases = Object.entries(STATEFUL_TYPES).flatMap(([type, names]) =>
      names.map((name) => ({ type, name })),
    );
    const values = fc.constantFrom(undefined, 'a', ['a'], { Ref: 'A' });
    fc.assert(
      fc.property(fc.constantFrom(...cases), values, values, ({ type, name }, old, now) => {
        const template = (value: unknown): Template => ({
          Resources: { It: { Type: type, Properties: value === undefined ? {} : { [name]: value } } },
        });
        const found = statefulChanges(template(old), template(now));
        expect(found.map(({ properties }) => properties)).toEqual(
          JSON.stringify(old) === JSON.stringify(now) ? [] : [[name]],
        );
      }),
    );
  });

  it('names that objects have by themselves are no resources', () => {
    expect(statefulChanges({ Resources: { constructor: TABLE } }, { Resources: {} })).toMatchObject([
      { resource: 'constructor', kind: 'gone' },
    ]);
    expect(statefulChanges({}, {})).toEqual([]);
  });
});

it('of two assemblies, one change of a tier is told once, with its stacks', () => {
  const after: Template = { Resources: {} };
  const stacks = (template: Template) =>
    new Map(['granary-globex', 'granary-acme', 'granary-hooli'].map((name) => [name, template]));
  const before = new Map([...stacks(BEFORE), ['granary-gone', BEFORE]]);
  expect(
    assemblyChanges(before, stacks(after)).map(({ resource, stacks: where }) => [resource, where]),
  ).toEqual([
    ['Orders', ['granary-acme', 'granary-globex', 'granary-hooli']],
    ['People', ['granary-acme', 'granary-globex', 'granary-hooli']],
  ]);
});

it('the stateful resources of a template are its tables, people, buckets and keys', () => {
  expect(statefulResources(BEFORE)).toEqual(['Orders AWS::DynamoDB::Table', 'People AWS::Cognito::UserPool']);
});
