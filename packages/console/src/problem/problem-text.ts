import {
  ApiError,
  ConflictError,
  ForbiddenError,
  InvalidRequestError,
  NoAnswerError,
  NotFoundError,
  TooManyRequestsError,
  UnauthenticatedError,
  UnavailableError,
  VersionMismatchError,
  VersionRequiredError,
} from '@granary/client';
import { SignInError } from '../session/sign-in-step';
import { PROBLEMS, SIGN_IN_PROBLEMS } from '../strings/en/problems';

/** An error in words for the person at the page. */
export interface ProblemText {
  readonly heading: string;
  /** What it means and what to do, in one or two sentences. */
  readonly text: string;
  /** The API's own words. @default nothing that helps */
  readonly detail?: string;
  /** For support. @default none */
  readonly requestId?: string;
  /** What is wrong with the request, by the field's JSON pointer. */
  readonly violations: Readonly<Record<string, string>>;
  /** Whether the same again may succeed. */
  readonly again: boolean;
  /** Seconds to wait before. @default it may be at once */
  readonly waitSeconds?: number;
}

type Words = Pick<ProblemText, 'heading' | 'text' | 'again'>;

/** @param online whether the browser has a network */
export function problemText(error: unknown, online = true): ProblemText {
  if (error instanceof SignInError) return { ...SIGN_IN_PROBLEMS[error.fault], violations: {}, again: true };
  if (!(error instanceof ApiError)) return { ...PROBLEMS.unknown, again: false, violations: {} };
  const { problem, retryAfter } = error;
  const words = wordsOf(error, online);
  const ours = error.status >= 500 && !isBusy(error);
  return {
    ...words,
    ...(problem && !ours ? { detail: problem.detail } : {}),
    ...(problem?.instance ? { requestId: problem.instance } : {}),
    violations: Object.fromEntries(error.violations.map(({ pointer, message }) => [pointer, message])),
    // Of a day's share the words say when the next one begins; the answer only when to look again.
    ...(retryAfter === undefined || !words.again ? {} : { waitSeconds: Math.ceil(retryAfter) }),
  };
}

function wordsOf(error: ApiError, online: boolean): Words {
  if (error instanceof NoAnswerError)
    return { ...(online ? PROBLEMS.unreachable : PROBLEMS.offline), again: true };
  if (error instanceof UnauthenticatedError) return { ...PROBLEMS.unauthenticated, again: false };
  if (error instanceof ForbiddenError) return { ...PROBLEMS.forbidden, again: false };
  if (error instanceof NotFoundError) return { ...PROBLEMS.notFound, again: false };
  if (error instanceof VersionMismatchError || error instanceof VersionRequiredError)
    return { ...PROBLEMS.changed, again: false };
  if (error instanceof ConflictError) return { ...PROBLEMS.conflict, again: false };
  if (error instanceof InvalidRequestError) return { ...PROBLEMS.invalid, again: false };
  if (error instanceof TooManyRequestsError) return tooMany(error);
  if (isBusy(error)) return { ...PROBLEMS.busy, again: true };
  if (error.status >= 500) return { ...PROBLEMS.server, again: true };
  return { ...PROBLEMS.unknown, again: false };
}

/** The service runs and says itself that it cannot take this now: while data is moved, or others write the same. */
function isBusy(error: ApiError): boolean {
  return error instanceof UnavailableError && error.problem !== undefined;
}

/** Seconds: who is asked to wait longer has used up the day's share, and was not just too fast. */
const LONG_WAIT = 600;

function tooMany({ message, retryAfter = 0 }: ApiError): Words {
  const day = retryAfter >= LONG_WAIT || /used up|limit exceeded/i.test(message);
  return day ? { ...PROBLEMS.quota, again: false } : { ...PROBLEMS.throttled, again: true };
}

/** Whether the person has to sign in again. */
export function endsSession(error: unknown): boolean {
  return error instanceof UnauthenticatedError || (error instanceof SignInError && error.fault === 'ended');
}
