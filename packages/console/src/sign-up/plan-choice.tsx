import type { BillingPlan } from '@granary/api';
import { SIGN_UP } from '../strings/en/sign-up';
import { limitsText, planName, priceText } from './plan-text';
import './plan-choice.css';

export interface PlanChoiceProps {
  readonly plans: readonly BillingPlan[];
  /** The tier. */
  readonly chosen: string;
  readonly onChosen: (tier: string) => void;
}

/** The plans as cards, one of them chosen. Radio buttons of the browser: arrows move, and a reader says all of it. */
export function PlanChoice({ plans, chosen, onChosen }: PlanChoiceProps) {
  return (
    <fieldset className="plans">
      <legend>{SIGN_UP.plans.title}</legend>
      {plans.map((plan) => (
        <label key={plan.tier} className="plan">
          <input
            type="radio"
            name="plan"
            value={plan.tier}
            checked={plan.tier === chosen}
            onChange={() => onChosen(plan.tier)}
          />
          <strong>{planName(plan.tier)}</strong>
          <span className="plan-price">{priceText(plan)}</span>
          <span>{limitsText(plan)}</span>
          <span>{SIGN_UP.plans.models[plan.model]}</span>
        </label>
      ))}
    </fieldset>
  );
}
