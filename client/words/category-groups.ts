import type { CategoryGroupId } from '../../cloudfunctions/contexts/category/rules/category'

/** What each group of kinds is called, where somebody says what they can help with. */
export const groupLabels: Readonly<Record<CategoryGroupId, string>> = {
  road: '道路巷子',
  lighting: '路灯',
  sanitation: '垃圾污水',
  utilities: '水电气暖',
  safety: '安全隐患',
  'public-security': '治安',
  livelihood: '生计就业',
  suggestion: '建议',
  other: '其他',
  'about-branch': '反映单位',
}
