import { useParams } from 'react-router';
import { Page } from '../../shell/page';
import { DEPLOYMENT } from '../../strings/en/operator/deployment';
import { DeploymentView } from '../deployment/deployment-view';

/** One deployment: a pool, or a silo. */
export default function DeploymentPage() {
  const { deploymentId = '' } = useParams();
  return (
    <Page title={DEPLOYMENT.one(deploymentId)}>
      <DeploymentView deploymentId={deploymentId} />
    </Page>
  );
}
