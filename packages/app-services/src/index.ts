export { AppServicesError } from './app-services-error';
export { BUSINESS_METRICS, type BusinessMetric } from './business-metric';
export { type DocumentTableOptions, documentTable } from './entity/document-table';
export { type Entity, type EntityKind, type KeyKind, sortKey } from './entity/entity-kind';
export * from './entity/entity-table';
export { MAX_SHARDS, type TierShards, UnknownTierError } from './environment';
export { ORDER_KIND } from './order/table';
export { PRODUCT_KIND } from './product/table';
