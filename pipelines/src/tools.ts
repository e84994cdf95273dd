/** Versions of the tools that the pipeline's builds install, equal to the workspace's pins. */
export const TOOLS = { pnpm: '10.34.9', cdk: '2.1148.1', cdkAssets: '4.7.3' } as const;

/** Node's major version in every build. */
export const NODE = '22';
