import type { CategoryId } from '../../../../cloudfunctions/contexts/category/rules/category'
import { Card } from '../../../components/card'
import { Skeleton } from '../../../components/skeleton'
import { stillOffered } from '../../../components/still-offered'
import { type ChosenPlace, placeToSend } from '../../../services/chosen-place'
import { serverNow } from '../../../services/server-time'
import { useQuery } from '../../../services/use-query'
import { rowFacts } from '../../../words/row'
import { ActForm, type FormProps, useActForm } from './act-form'
import { ChoiceField, TargetField, useTargets, WordsField } from './fields'

/** 改类别 */
export function ReclassifyForm(props: FormProps) {
  const { matter } = props
  const form = useActForm(
    'reclassify',
    props,
    { categoryId: '改成哪一类', note: '为什么改' },
    { categoryId: undefined as CategoryId | undefined, note: '' },
  )
  const { query } = useQuery('category.list', { unitId: matter.branch.id })
  const { note } = form.draft
  const others =
    query.state === 'ready'
      ? query.value.rows.filter(({ id, isAboutBranch }) => id !== matter.categoryId && !isAboutBranch)
      : []
  const choices = others.map(({ id, name, acceptText, resolveText }) => ({
    value: id,
    label: name,
    hint: `${acceptText}，${resolveText}`,
  }))
  const categoryId = stillOffered(choices, form.draft.categoryId)
  return (
    <ActForm form={form} input={{ ...form.on, categoryId, note }}>
      {query.state === 'loading' && <Skeleton count={1} />}
      <ChoiceField
        row={form.row('categoryId')}
        hint={`现在是“${matter.categoryName}”`}
        choices={choices}
        value={categoryId}
        onChange={(chosen) => form.change({ categoryId: chosen })}
        layout="rows"
        name="category"
      />
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience="colleagues"
        isOptional
      />
    </ActForm>
  )
}

/** 改地点 */
export function RelocateForm(props: FormProps) {
  const { matter, placeField } = props
  const form = useActForm(
    'relocate',
    props,
    { place: '在哪里', note: '为什么改' },
    {
      place: { point: matter.point, placeWords: matter.placeWords ?? '', community: null } as ChosenPlace,
      note: '',
    },
  )
  const { place, note } = form.draft
  const unitId = matter.branch.id
  const { query } = useQuery('unit.get', { unitId })
  const home = query.state === 'ready' ? query.value.unit : undefined
  return (
    <ActForm form={form} input={{ ...form.on, place: placeToSend(place, home), note }}>
      <Card>
        {placeField({
          unitId,
          place,
          error: form.row('place').error,
          onChange: (part) => form.change((kept) => ({ place: { ...kept.place, ...part } })),
        })}
      </Card>
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience="colleagues"
        isOptional
      />
    </ActForm>
  )
}

/** 并案 */
export function MergeForm(props: FormProps) {
  const form = useActForm(
    'merge',
    props,
    { parentReportId: '并到哪一件' },
    { targetId: undefined as string | undefined },
  )
  const { targetId } = form.draft
  const targets = useTargets(props.matter.id, targetId, ({ mergeTargets }) =>
    mergeTargets.map((card) => ({
      value: card.id,
      label: card.title,
      pictureUrl: card.thumbUrl,
      hint: [
        card.asksReporter && '居民说过不是同一件，先问居民，同意才并',
        card.distanceMetres !== null && `相距约${card.distanceMetres}米`,
        ...rowFacts(card, serverNow()),
        card.branchName,
      ]
        .filter(Boolean)
        .join(' · '),
    })),
  )
  return (
    <ActForm form={form} input={{ ...form.on, parentReportId: targets.chosen }} isBlocked={targets.isNone}>
      <TargetField
        row={form.row('parentReportId')}
        targets={targets}
        onChange={(chosen) => form.change({ targetId: chosen })}
        nothing="没有更早的、同一处同一类的诉求。"
        hint="同一处、同一类、更早的诉求，近的在前；居民说不是同一件事，就会拆开"
      />
    </ActForm>
  )
}
