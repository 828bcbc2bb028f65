import { ListRow } from '../../components/rows'
import { call } from '../../services/api'
import { leaveComputer } from '../../services/leave-computer'
import { openPage } from '../../services/navigation'
import { isVisitor } from '../../services/signed-in'
import { toast } from '../../services/toast'
import { webSession } from '../../services/web-session'
import { ComputersRow } from './computers-row'

/** Staff sign in on a computer by their phone; whoever reads the web without a name is shown where. */
export function ComputerRows({ isStaff }: { readonly isStaff: boolean }) {
  const session = webSession.read()
  const leave = async (sessionId: string): Promise<void> => {
    const outcome = await call('webSession.end', { sessionId })
    if (outcome.ok) leaveComputer(false)
    else toast(outcome.error.message)
  }
  return (
    <>
      {isVisitor() && (
        <ListRow
          name="open-sign-in"
          icon="user-round"
          title="工作人员登录"
          hint="用手机微信扫一扫"
          onPress={() => openPage('signIn')}
        />
      )}
      {isStaff && <ComputersRow />}
      {session && (
        <ListRow
          name="leave-computer"
          icon="corner-up-left"
          title="退出这台电脑"
          hint={session.isPublic ? '公用电脑，什么都不留' : '下次再扫码'}
          onPress={() => void leave(session.sessionId)}
        />
      )}
    </>
  )
}
