import { start } from '../start/start';
import { OperatorConsole } from './operator-console';

void start((configuration) => <OperatorConsole configuration={configuration} />);
