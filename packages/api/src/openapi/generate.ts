import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as face from '../index';
import { openApiFile } from './openapi-file';

const folder = join(__dirname, '..', '..', '..', '..', 'docs', 'openapi');
mkdirSync(folder, { recursive: true });
for (const plane of ['control', 'application'] as const)
  writeFileSync(join(folder, `${plane}.json`), openApiFile(plane, face));
