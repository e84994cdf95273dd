/** Orders, and what must be said to give one. */
export const ORDER = {
  reason: 'Reason',
  reasonHint: 'It is kept in the audit log with your name.',
  needed: 'This is needed',
  notANumber: 'This must be a number',
  notAnAddress: 'This must be an e-mail address',
  tooSmall: (least: number) => `At least ${least}`,
  tooLarge: (most: number) => `At most ${most}`,
  tooShort: (least: number) => `At least ${least} characters`,
  tooLong: (most: number) => `At most ${most} characters`,
  typeToGoOn: (text: string) => `Type “${text}” to go on`,
  typedWrong: (text: string) => `This is not “${text}”`,
} as const;
