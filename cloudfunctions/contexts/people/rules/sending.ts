/** For how long an invitation's code is good. */
export const invitationDays = 7

/** As many are invited by one command as are printed on the slips of one evening. */
export const mostInvitedAtOnce = 50

/** Of the telephone's number, for who invited to compare. */
export const phoneTailLength = 4
