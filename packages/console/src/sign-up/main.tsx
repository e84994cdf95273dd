import { start } from '../start/start';
import { SignUp } from './sign-up';

void start((configuration) => <SignUp configuration={configuration} />);
