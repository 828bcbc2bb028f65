import type { Partnership, Unit } from '../organisation/unit'
import type { Rating } from '../rating/rating'
import type { RoutedUnit } from '../routing/routing'
import type { PendingRequestKind, Remedy } from './report'

/** Every step somebody can take on a report that exists. Facts that need a look-up are resolved beforehand. */
export type ReportCommand =
  | { readonly kind: 'withdraw'; readonly reason: string }
  | { readonly kind: 'support'; readonly key: string }
  | { readonly kind: 'accept'; readonly publicSummary?: string }
  | { readonly kind: 'reveal-phone' }
  | { readonly kind: 'contact'; readonly channel: ContactChannel; readonly note: string }
  | {
      readonly kind: 'return'
      readonly reason: ReturnReason
      readonly note: string
      readonly sorter: RoutedUnit
    }
  | { readonly kind: 'transfer'; readonly to: RoutedUnit; readonly note: string }
  | { readonly kind: 'take-over'; readonly by: RoutedUnit }
  | { readonly kind: 'route'; readonly to: RoutedUnit; readonly note: string }
  | {
      readonly kind: 'dispatch'
      readonly unit: Unit
      readonly partnership?: Partnership
      readonly note: string
    }
  | { readonly kind: 'send-back'; readonly note: string }
  | {
      readonly kind: 'progress'
      readonly note: string
      readonly photos: readonly string[]
      readonly isPublic: boolean
    }
  | {
      readonly kind: 'claim-fixed'
      readonly note: string
      readonly before: readonly string[]
      readonly after: readonly string[]
      readonly remedy: Remedy
    }
  | { readonly kind: 'check'; readonly note: string }
  | { readonly kind: 'rework'; readonly note: string }
  | {
      readonly kind: 'resolve'
      readonly note: string
      readonly before: readonly string[]
      readonly after: readonly string[]
      readonly remedy: Remedy
    }
  | { readonly kind: 'rate'; readonly rating: Omit<Rating, 'at'> }
  | { readonly kind: 'reopen'; readonly reason: string; readonly photos: readonly string[] }
  | { readonly kind: 'appeal'; readonly reason: string }
  | {
      readonly kind: 'merge'
      readonly parent: {
        readonly id: string
        readonly branchId: string | null
        readonly categoryId: string
        readonly submittedAt: number
        readonly isOpen: boolean
      }
    }
  | { readonly kind: 'absorb'; readonly childReportId: string; readonly supporterKeys: readonly string[] }
  | { readonly kind: 'decline'; readonly reason: DeclineReason; readonly note: string }
  | { readonly kind: 'suspend'; readonly reason: string; readonly plan: string; readonly untilAt: number }
  | { readonly kind: 'extend'; readonly reason: string; readonly resolveDueAt: number }
  | { readonly kind: 'resume'; readonly note: string }
  | {
      readonly kind: 'decide'
      readonly request: PendingRequestKind
      readonly isGranted: boolean
      readonly note: string
    }
  | {
      readonly kind: 'answer-red-face'
      readonly isGone: boolean
      readonly photo?: string
      readonly note: string
    }
  | { readonly kind: 'verify-red-face'; readonly note: string; readonly photos: readonly string[] }
  | { readonly kind: 'appeal-red-face'; readonly reason: string }
  | { readonly kind: 'declare-red-face'; readonly note: string }

export const contactChannels = ['phone', 'message', 'visit'] as const
export type ContactChannel = (typeof contactChannels)[number]
export const contactChannelLabels: Readonly<Record<ContactChannel, string>> = {
  phone: '打电话',
  message: '线上留言',
  visit: '上门',
}

export const returnReasons = ['not-our-place', 'not-our-duty', 'needs-upper-level'] as const
export type ReturnReason = (typeof returnReasons)[number]
export const returnReasonLabels: Readonly<Record<ReturnReason, string>> = {
  'not-our-place': '地点不在本支部网格',
  'not-our-duty': '不属于本支部职责',
  'needs-upper-level': '需要上级统筹',
}

export const declineReasons = [
  'in-court',
  'already-decided',
  'private-dispute',
  'not-real',
  'insult',
] as const
export type DeclineReason = (typeof declineReasons)[number]
export const declineReasonLabels: Readonly<Record<DeclineReason, string>> = {
  'in-court': '已进入诉讼、仲裁程序',
  'already-decided': '已有信访终结结论',
  'private-dispute': '个人之间的纠纷，可找人民调解',
  'not-real': '经核实情况不存在',
  insult: '没有具体事项，只有辱骂',
}
