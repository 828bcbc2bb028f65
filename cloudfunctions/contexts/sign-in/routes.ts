import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { signInContract } from './contract'
import type { SignInPorts } from './ports'
import { answerSignIn, seeSignIn } from './use-cases/answer-sign-in'
import { beginSignIn } from './use-cases/begin-sign-in'
import { takeSignIn } from './use-cases/take-sign-in'
import { endWebSession, listWebSessions } from './use-cases/web-sessions'

export const signInRoom = (ports: SignInPorts): Room<typeof signInContract, Session> => ({
  contract: signInContract,
  routes: {
    'signIn.begin': beginSignIn(ports),
    'signIn.take': takeSignIn(ports),
    'signIn.see': seeSignIn(ports),
    'signIn.answer': answerSignIn(ports),
    'webSession.list': listWebSessions(ports),
    'webSession.end': endWebSession(ports),
  },
})
