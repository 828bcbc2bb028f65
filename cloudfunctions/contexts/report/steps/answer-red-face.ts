import * as z from 'zod/mini'
import { bucket, per } from '../../../ground/bucket'
import { dayMs } from '../../../ground/instant'
import { refusal, refuse } from '../../../ground/result'
import { id } from '../../../terms/primitives'
import { activeEpisode, isBeforeSupporters, isToldToStand } from '../../red-face/rules/red-face'
import { answerBar, isAllSaid } from '../rules/barred-answers'
import { announce, record } from '../rules/change'
import { hearWord } from '../rules/moves'
import { ownYes, personOf, says } from '../rules/resident'
import { hearSupporter } from '../rules/supporters'
import { optionalNote, seen } from './fields'
import { open, reporters, resident, step } from './step'

/** 修好了吗: one word a person, in any status in which evidence lies before the residents. */
export const answerRedFace = step({
  action: 'answer-red-face',
  grants: [
    ...reporters([...open, 'closed', 'declined']),
    resident('supporter', [...open, 'resolved', 'closed', 'declined']),
  ],
  input: seen({
    isGone: z.boolean('请选择办好了没有'),
    photo: z.optional(id),
    note: optionalNote,
  }),
  limits: {
    group: 'redFace.answer',
    resident: bucket(30, per(30, dayMs)),
    staff: bucket(30, per(30, dayMs)),
  },
  refuses: (report, scene) => {
    const episode = activeEpisode(report.redFaces)
    // F2: within its notice an entry does not exist for those who read what everybody reads; what is untold for nobody.
    const isHidden = scene.person?.part === 'supporter' && episode && !isBeforeSupporters(episode)
    if (!episode || isHidden || !isToldToStand(episode)) return refusal('no-active-entry')
    if (!episode.evidence) return refusal('not-yet')
    return isAllSaid(report, scene) ? refusal('already-rated') : undefined
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const bar = answerBar(report, scene, command.isGone)
    if (bar === 'one-of-ours') return ownYes()
    // One answer a person: the same one again says nothing new.
    if (bar === 'said' || (bar === 'needs-picture' && command.photo === undefined))
      return refuse('already-rated')
    const { isGone } = command
    record(change, { kind: 'red-face-answered', facts: { isGone }, visibility: 'parties' })
    says(change, scene, 'red-face-answered', command.note, command.photo ? [command.photo] : [])
    announce(change, { template: 'red-face-answered', units: { isGone } })
    hearSupporter(change, scene)
    const joinedAt =
      person.supports?.at ??
      report.coReporters.find((one) => one.key === person.key)?.at ??
      report.submittedAt
    hearWord(change, {
      key: person.key,
      part: person.part,
      isGone: command.isGone,
      hasPicture: command.photo !== undefined,
      isOwn: scene.isOneOfOurs,
      at: change.at,
      joinedAt,
    })
    return undefined
  },
})
