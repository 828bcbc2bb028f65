import {
  staffRoleLabels,
  type UnitKind,
  type UnitLevel,
} from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { IconName } from '../components/icon'

export const kindLabels: Readonly<Record<UnitKind, string>> = {
  committee: '党委',
  'community-committee': '社区党委',
  branch: '党支部',
  'specialised-branch': '专门党支部',
  // Its people are called after it.
  partner: staffRoleLabels['partner-staff'],
  temporary: '临时党组织',
  department: '部门',
  cooperative: staffRoleLabels['cooperative-staff'],
}

/** The five linked levels of the management grid. */
export const levelLabels: Readonly<Record<UnitLevel, string>> = {
  region: '自治区',
  league: '盟市',
  banner: '旗县',
  township: '苏木乡镇（街道）',
  village: '嘎查村（社区）',
}

/** By which a kind is found again in a list. */
export const kindIcons: Readonly<Record<UnitKind, IconName>> = {
  committee: 'landmark',
  'community-committee': 'users',
  branch: 'flag',
  'specialised-branch': 'shield-check',
  partner: 'hand-helping',
  temporary: 'hard-hat',
  department: 'building-2',
  cooperative: 'briefcase',
}
