import type { OutputOf } from '../../cloudfunctions/contract/contract'
import type { Word } from './sign'

type RedFaceState = NonNullable<OutputOf<'report.get'>['redFace']>['state']

/** How a matter stands to the red-face list, on every row and page that names it. */
export const redFaceWords: Readonly<Record<RedFaceState, Word>> = {
  noticed: { text: '就要上红脸榜', icon: 'flag', tone: 'alert' },
  public: { text: '在红脸榜', icon: 'flag', tone: 'alert' },
  cleared: { text: '红脸已销号', icon: 'badge-check', tone: 'done' },
}
