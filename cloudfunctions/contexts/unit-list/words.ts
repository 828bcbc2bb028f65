import { mostName } from '../organisation/rules/tree'
import type { Cure, Problem, ProblemKind } from './rules/judge-list'

/** What is wrong with a row, as the page says it. */
const problemTexts: Readonly<Record<ProblemKind, (about: string) => string>> = {
  'name-missing': () => '缺名称',
  'name-formula': () => '名称像公式，不会去算，当文字看',
  'name-long': () => `名称太长，最多${mostName}个字`,
  'kind-unknown': (about) => `不认识这个类别：${about}`,
  'level-unknown': (about) => `不认识这个层级：${about}`,
  'code-bad': (about) => `编码只能是数字、字母和短横：${about}`,
  'code-doubled': (about) => `和${about}编码重复`,
  'code-elsewhere': (about) => `别处的单位已经用了编码${about}`,
  'unit-ended': (about) => `编码${about}的单位已经撤了`,
  'parent-missing': () => '缺上级编码',
  'parent-unknown': (about) => `没有编码是${about}的上级`,
  'parent-bad': (about) => `上级在${about}，那一行要先改好`,
  cyclic: () => '上级绕了一圈又回到自己',
  'level-jump': (about) => `层级和上级${about}接不上`,
  'same-name': (about) => `和${about}重名`,
  'phone-bad': (about) => `电话不对：${about}`,
  'number-bad': (about) => `数字不对：${about}`,
  'heir-unknown': (about) => `不能并入${about}`,
  'own-name': (about) => `自己单位的名称由上级改，现在是${about}`,
}

export const problemText = ({ kind, about = '' }: Problem): string => problemTexts[kind](about)

/** What a cure does, as its suggestion says it. */
export const cureText = (cure: Cure): string => {
  if ('field' in cure) return cure.value === '' ? '留空，以后再填' : `填 ${cure.value}`
  switch (cure.do) {
    case 'skip':
      return '跳过这一行'
    case 'merge':
      return '合成一个'
    case 'add-parent':
      return `先建“${cure.name}”`
  }
}
