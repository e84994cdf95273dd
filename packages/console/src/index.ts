export { configurationSchema, type PageConfiguration } from './configuration/page-configuration';
