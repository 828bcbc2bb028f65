import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { instantText } from '../components/time-text'

type RedFace = NonNullable<OutputOf<'report.get'>['redFace']>
type Cause = RedFace['causes'][number]
type Posting = Pick<RedFace, 'postedUntil'>

/** When everybody may read of a cause, as far as that is known: a posting and an appeal keep it back (F3, F5). */
export const causePublicText = (
  { isPublic, isAppealed, publicAt, publishesAt = publicAt }: Cause,
  { postedUntil }: Posting,
  now: number,
): string => {
  if (isPublic) return '已公开'
  if (postedUntil !== null) return '公示期间不公开'
  return `${isAppealed ? '申诉期间不公开，最晚' : ''}${instantText(publishesAt, now)}公开`
}

const publishes = ({ publicAt, publishesAt = publicAt }: Cause): number => publishesAt

/** The same of an entry none of whose causes is public yet: by the one that comes first. */
export const publicText = ({ causes, postedUntil }: RedFace, now: number): string => {
  const [first] = causes
    .filter(({ isStruck }) => !isStruck)
    .sort((one, other) => publishes(one) - publishes(other))
  return first ? causePublicText(first, { postedUntil }, now) : ''
}
