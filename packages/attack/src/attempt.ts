import type { Answer } from './answer';

/** One thing that an attacker tries. */
export interface Attempt {
  /** The kind of attack, a row of the report. */
  readonly kind: string;
  /** What is tried, in words. */
  readonly name: string;
  /**
   * `refused`: success is a leak. `served`: the control, without which refusals prove nothing. `harmless`: either,
   * as long as nobody else's data is in the answer.
   */
  readonly expected: 'refused' | 'served' | 'harmless';
  /** The tenant whose data the answer may hold, `none` for nobody's. */
  readonly tenantId: string;
  readonly run: () => Promise<Answer>;
}

/** What an attempt came to. */
export interface Finding {
  readonly kind: string;
  readonly name: string;
  readonly verdict: 'refused' | 'served' | 'leaked' | 'fault' | 'unserved';
  readonly answer: Answer;
}

/** Finds data of tenants in what callers read. */
export interface Canaries {
  /** The tenants whose data is in the text. */
  ownersIn(text: string): readonly string[];
}

/**
 * Judges an answer: data of another tenant is a leak whatever the status, and so is success where a refusal was
 * due; a status of 500 or more, or none, is a fault; a control that is refused is `unserved`.
 */
export function judge(attempt: Attempt, answer: Answer, canaries: Canaries): Finding {
  const { kind, name, expected, tenantId } = attempt;
  const verdict = () => {
    if (canaries.ownersIn(answer.text).some((owner) => owner !== tenantId)) return 'leaked';
    if (answer.status >= 500 || answer.status === 0) return 'fault';
    if (answer.ok) return expected === 'refused' ? 'leaked' : 'served';
    return expected === 'served' ? 'unserved' : 'refused';
  };
  return { kind, name, verdict: verdict(), answer };
}

/** Makes the attempts, `concurrency` at once, in order of their start. */
export async function make(
  attempts: Iterable<Attempt> | AsyncIterable<Attempt>,
  canaries: Canaries,
  concurrency = 8,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const source =
    Symbol.asyncIterator in attempts ? attempts[Symbol.asyncIterator]() : attempts[Symbol.iterator]();
  const work = async () => {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      const attempt = next.value;
      findings.push(judge(attempt, await attempt.run(), canaries));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return findings;
}
