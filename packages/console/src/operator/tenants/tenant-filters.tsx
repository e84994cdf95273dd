import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TextFilter from '@cloudscape-design/components/text-filter';
import { LISTING } from '../../strings/en/operator/listing';
import { TENANTS } from '../../strings/en/operator/tenants';
import { releaseName } from '../format/release-name';
import { stateName } from '../status/state-indicator';
import { FACETS, type Facet, type TenantIndex, type TenantQuery } from './tenant-index';
import './tenant-filters.css';

export interface TenantFiltersProps {
  readonly index: TenantIndex;
  readonly query: TenantQuery;
  /** Tenants that fit. */
  readonly count: number;
  readonly onChange: (query: TenantQuery) => void;
}

const ANY = { value: '', label: TENANTS.any };

/** The search over the list, and a choice for each facet. */
export function TenantFilters({ index, query, count, onChange }: TenantFiltersProps) {
  const choose = (facet: Facet, value: string | undefined) => {
    const { [facet]: _, ...rest } = query;
    onChange(value ? { ...rest, [facet]: value } : rest);
  };
  return (
    <SpaceBetween size="s">
      <TextFilter
        filteringText={query.text ?? ''}
        filteringAriaLabel={TENANTS.search}
        filteringPlaceholder={TENANTS.search}
        countText={LISTING.matches(count)}
        onChange={({ detail }) => onChange({ ...query, text: detail.filteringText })}
      />
      <div className="tenant-facets">
        {FACETS.map((facet) => {
          const options = index.values[facet].map(([value, number]) => ({
            value,
            label: TENANTS.option(named(facet, value), number),
          }));
          return (
            <FormField key={facet} label={TENANTS.facets[facet]}>
              <Select
                options={[ANY, ...options]}
                selectedOption={options.find(({ value }) => value === query[facet]) ?? ANY}
                filteringType={options.length > 15 ? 'auto' : 'none'}
                onChange={({ detail }) => choose(facet, detail.selectedOption.value)}
              />
            </FormField>
          );
        })}
        {Object.keys(query).length > 0 && <Button onClick={() => onChange({})}>{TENANTS.clear}</Button>}
      </div>
    </SpaceBetween>
  );
}

function named(facet: Facet, value: string): string {
  if (facet === 'version') return releaseName(value);
  return facet === 'status' ? stateName(value) : value;
}
