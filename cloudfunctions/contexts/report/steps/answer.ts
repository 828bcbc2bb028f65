import { refusal } from '../../../ground/result'
import { announce, record } from '../rules/change'
import { says } from '../rules/resident'
import { note, photos, seen } from './fields'
import { open, resident, step } from './step'

export const answer = step({
  action: 'answer',
  grants: [resident('reporter', [...open, 'resolved'])],
  input: seen({ words: note, photos }),
  refuses: (report) =>
    report.questions.some((question) => question.answeredAt === undefined)
      ? undefined
      : refusal('nothing-asked'),
  decide: (change, command, scene) => {
    const { report } = change
    report.questions = report.questions.map((question) => ({
      ...question,
      answeredAt: question.answeredAt ?? change.at,
    }))
    record(change, { kind: 'answered', visibility: 'staff' })
    says(change, scene, 'answered', command.words, command.photos)
    announce(change, { template: 'answered', units: {} })
    return undefined
  },
})
