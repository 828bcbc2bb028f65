import { routes } from '../routes'
import { forgetWhatIsKept } from './public-computer'
import { forgetSession } from './session'
import { webSession } from './web-session'

/**
 * Forgets who was let in on this computer and begins anew; `isOver`: not because they wanted to, and the page says so. A
 * public computer forgets everything.
 */
export const leaveComputer = (isOver: boolean): void => {
  const isPublic = webSession.read()?.isPublic === true
  webSession.forget()
  forgetSession()
  if (isPublic) forgetWhatIsKept()
  window.location.hash = isOver ? `#/${routes.signIn}?over=yes` : `#/${routes.home}`
  window.location.reload()
}
