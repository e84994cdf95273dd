import { InvalidRequestProblem } from '@granary/api';
import fc from 'fast-check';
import { ulid } from 'ulidx';
import { ORDER_KIND } from '../order/table';
import { PRODUCT_KIND } from '../product/table';
import { formatPageToken, parsePageToken } from './page-token';

const id = fc.nat().map((at) => ulid(at));
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

it('reads back every token that it gives', () => {
  fc.assert(
    fc.property(fc.nat(63), id, (shard, entityId) => {
      const token = formatPageToken(PRODUCT_KIND, { shard, entityId });
      expect(parsePageToken(PRODUCT_KIND, 64, token)).toEqual({ shard, entityId });
    }),
  );
});

it('names no tenant', () => {
  const token = formatPageToken(PRODUCT_KIND, { shard: 3, entityId: '01JD000000000000000000000A' });
  expect(JSON.parse(Buffer.from(token, 'base64url').toString())).toEqual({
    shard: 3,
    sk: 'PRODUCT#01JD000000000000000000000A',
  });
});

const sk = 'PRODUCT#01JD000000000000000000000A';
const REFUSED: readonly { readonly why: string; readonly token: string }[] = [
  { why: 'nothing', token: '' },
  { why: 'no base64', token: '*' },
  { why: 'no JSON', token: 'bWluZQ' },
  { why: 'no object', token: encoded(null) },
  { why: 'a shard beyond the last', token: encoded({ shard: 4, sk }) },
  { why: 'a shard before the first', token: encoded({ shard: -1, sk }) },
  { why: 'half a shard', token: encoded({ shard: 0.5, sk }) },
  { why: 'a key of another kind', token: formatPageToken(ORDER_KIND, { shard: 1, entityId: sk.slice(8) }) },
  { why: 'no id', token: encoded({ shard: 1, sk: 'PRODUCT#' }) },
  { why: 'a partition key', token: encoded({ shard: 1, sk, pk: 'TENANT#globex#1' }) },
  { why: 'members in another order', token: encoded({ sk, shard: 1 }) },
  { why: 'padding', token: `${encoded({ shard: 1, sk })}=` },
];

it.each(REFUSED)('refuses a token that holds $why', ({ token }) => {
  expect(() => parsePageToken(PRODUCT_KIND, 4, token)).toThrow(InvalidRequestProblem);
});
