/** An account and a region. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Something for each place. Asked millions of times, so it joins no keys. */
export class PlaceMap<Value> {
  private readonly accounts = new Map<string, Map<string, Value>>();

  get({ account, region }: Place): Value | undefined {
    return this.accounts.get(account)?.get(region);
  }

  values(): readonly Value[] {
    return [...this.accounts.values()].flatMap((regions) => [...regions.values()]);
  }

  set({ account, region }: Place, value: Value): void {
    const regions = this.accounts.get(account) ?? new Map<string, Value>();
    this.accounts.set(account, regions.set(region, value));
  }
}
