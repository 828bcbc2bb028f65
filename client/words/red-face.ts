import type { OutputOf } from '../../cloudfunctions/contract/contract'
import type { Word } from './sign'

type Standing = NonNullable<OutputOf<'report.mine'>['rows'][number]['redFaceState']>

/** How a matter that has not left the red-face list stands to it, on every row and page that names it. */
export const redFaceWords: Readonly<Record<Standing, Word>> = {
  noticed: { text: '就要上红脸榜', icon: 'flag', tone: 'alert' },
  public: { text: '在红脸榜', icon: 'flag', tone: 'alert' },
}
