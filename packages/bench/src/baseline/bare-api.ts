import { join } from 'node:path';
import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateFunctionCommand, LambdaClient, type Runtime } from '@aws-sdk/client-lambda';
import { buildSync } from 'esbuild';
import { zipSync } from 'fflate';
import { BenchError } from '../bench-error';

/** The engine's default account: without the gap files it finds the APIs of no other. */
const ACCOUNT = '000000000000';
const REGION = 'us-east-1';
const TABLE = 'products';
const PRODUCT_ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
/** As the tenant stacks' authorizer. */
const AUTHORIZER_TTL_SECONDS = 300;

/** Makes the smallest API that does what `GET /products/{productId}` does. @returns the product's URL */
export async function deployBareApi(endpoint: string): Promise<string> {
  const settings = {
    endpoint,
    region: REGION,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'unchecked' },
  };
  await putProduct(new DynamoDBClient(settings));
  const lambda = new LambdaClient(settings);
  const authorizer = await createFunction(lambda, 'authorizer', {});
  const product = await createFunction(lambda, 'product', { TABLE_NAME: TABLE });
  const apiId = await createApi(new APIGatewayClient(settings), authorizer, product);
  return `${endpoint}/_aws/execute-api/${apiId}/prod/products/${PRODUCT_ID}`;
}

async function putProduct(dynamo: DynamoDBClient): Promise<void> {
  const keys = ['pk', 'sk'] as const;
  await dynamo.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keys.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    }),
  );
  await dynamo.send(
    new PutItemCommand({
      TableName: TABLE,
      Item: {
        pk: { S: 'TENANT#acme#0' },
        sk: { S: `PRODUCT#${PRODUCT_ID}` },
        productId: { S: PRODUCT_ID },
        sku: { S: 'bench-1' },
        name: { S: 'Grain' },
        category: { S: 'grain' },
        price: { N: '12.5' },
        version: { N: '1' },
      },
    }),
  );
}

async function createFunction(
  lambda: LambdaClient,
  name: 'authorizer' | 'product',
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, `${name}.ts`)],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['module', 'main'],
    write: false,
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  const { FunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      // Every nodejs runtime of the engine is the machine's own Node.
      Runtime: 'nodejs22.x' satisfies Runtime,
      Handler: 'index.handler',
      Role: `arn:aws:iam::${ACCOUNT}:role/anyone`,
      MemorySize: 512,
      Timeout: 10,
      Environment: { Variables: { ...variables } },
      Code: { ZipFile: zipSync({ 'index.js': code }) },
    }),
  );
  if (!FunctionArn) throw new BenchError(`the bare engine made no function "${name}"`);
  return `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations`;
}

async function createApi(
  gateway: APIGatewayClient,
  authorizerUri: string,
  productUri: string,
): Promise<string> {
  const { id: restApiId, rootResourceId } = await gateway.send(new CreateRestApiCommand({ name: 'bare' }));
  const authorizer = await gateway.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: 'token',
      type: 'TOKEN',
      authorizerUri,
      identitySource: 'method.request.header.Authorization',
      authorizerResultTtlInSeconds: AUTHORIZER_TTL_SECONDS,
    }),
  );
  const products = await gateway.send(
    new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: 'products' }),
  );
  const { id: resourceId } = await gateway.send(
    new CreateResourceCommand({ restApiId, parentId: products.id, pathPart: '{productId}' }),
  );
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await gateway.send(
    new PutMethodCommand({ ...method, authorizationType: 'CUSTOM', authorizerId: authorizer.id }),
  );
  await gateway.send(
    new PutIntegrationCommand({
      ...method,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: productUri,
    }),
  );
  await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod' }));
  if (!restApiId) throw new BenchError('the bare engine made no api');
  return restApiId;
}
