import { ListRow } from '../../components/rows'
import { openPage } from '../../services/navigation'

/** The way to where one lets computers in and signs them out. */
export function ComputersRow() {
  return (
    <ListRow
      name="open-computers"
      icon="shield-check"
      title="登录电脑"
      hint="扫电脑上的码，让电脑退出"
      onPress={() => openPage('computers')}
    />
  )
}
