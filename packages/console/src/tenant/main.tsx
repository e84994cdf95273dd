import { start } from '../start/start';
import { TenantApplication } from './tenant-application';

void start((configuration) => <TenantApplication configuration={configuration} />);
