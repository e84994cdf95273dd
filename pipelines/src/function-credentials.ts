/**
 * Where the SDK's clients in a function find its credentials: Lambda puts its role's into the environment.
 * Bundles hold this in place of `@aws-sdk/credential-provider-node`, whose search of profiles, containers, machines
 * and single sign-on is a fifth of an authorizer's package.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
