import { type RequestKind, requestLabels } from '../../cloudfunctions/contexts/report/rules/request'
import type { OutputOf } from '../../cloudfunctions/contract/contract'

type Request = OutputOf<'report.get'>['requests'][number]

/** What is asked of a level above, or of the reporters, by its name alone. */
export const requestLabel = (kind: RequestKind): string => requestLabels[kind]

/** What waits with a level above, in a few words. */
export const requestTag = (kind: RequestKind): string => {
  if (kind === 'look') return '等上级现场核实'
  if (kind === 'merge') return '等上报人说是不是同一件事'
  return kind.startsWith('appeal') ? requestLabels[kind] : `申请${requestLabels[kind]}`
}

type Reader = Pick<OutputOf<'report.get'>, 'part'>

/** Who asks: of another resident nobody is told more than that they are one (H3, M3). */
const askerText = ({ side, byUnitName, isYours }: Request, { part }: Reader): string => {
  if (side !== 'resident') return byUnitName
  if (isYours) return '您'
  return part !== null && isYours === false ? '另一位居民' : '居民'
}

/** Who has asked for what, and whose answer is waited for, as it is told to whoever has this part in the matter. */
export const requestTitle = (request: Request, reader: Reader): string => {
  const { kind, byUnitName, isForReporterAlone } = request
  const isTheirs = reader.part === 'reporter'
  if (kind === 'look' || (kind === 'merge' && !isTheirs)) return requestTag(kind)
  if (kind === 'merge') return `${byUnitName}问您：还是同一件事吗？`
  const whoAnswers = isForReporterAlone ? `只等${isTheirs ? '您' : '上报人'}一句话` : '在等上一级答复'
  const asks = kind.startsWith('appeal') ? `提出${requestLabels[kind]}` : requestTag(kind)
  return `${askerText(request, reader)}${asks}，${whoAnswers}`
}

/** Put off until the thaw (K6), wherever a wait for it is named. */
export const thawLabel = '土冻住了，开春再干'
