import type { IconName } from '../components/icon'
import type { WorkPlace } from '../components/work-frame'
import { openPage } from '../services/navigation'
import { posterLabel } from './receipt'

const place = (key: string, icon: IconName, label: string, onOpen: () => void): WorkPlace => ({
  key,
  icon,
  label,
  onOpen,
})

/** What an admin keeps up of a unit, each on a page of its own. */
export const adminPlaces = (unitId: string): readonly WorkPlace[] => [
  place('settings', 'settings', '设置', () => openPage('settings', { unitId })),
  place('units', 'list-tree', '单位', () => openPage('units', { unitId })),
  place('import', 'file-spreadsheet', '导入名单', () => openPage('importUnits', { unitId })),
  place('people', 'users', '人', () => openPage('people', { unitId })),
  place('bonds', 'hand-helping', '共建和服务', () => openPage('bonds', { unitId })),
  place('poster', 'printer', posterLabel, () => openPage('poster', { unitId })),
]
