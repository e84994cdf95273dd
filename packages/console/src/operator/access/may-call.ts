import { CONTROL_ROUTES, type ControlRoute, type Route } from '@granary/api';
import type { Person } from '../../session/sign-in-step';

/** An operation of the control plane. */
export type ControlOperation = ControlRoute['operation'];

const ROUTES: ReadonlyMap<string, Route> = new Map(
  (CONTROL_ROUTES as readonly Route[]).map((route) => [route.operation, route]),
);

/** Whether the API lets a role do this; what it does not, the page does not offer. */
export function mayCall(operation: ControlOperation, role: Person['role']): boolean {
  const access = ROUTES.get(operation)?.access;
  return access === 'public' || (access?.includes(role) ?? false);
}
