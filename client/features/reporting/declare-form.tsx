import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import type { CategoryId } from '../../../cloudfunctions/contexts/category/rules/category'
import { cleanText } from '../../../cloudfunctions/ground/text/clean-text'
import { BigButton } from '../../components/big-button'
import { Card } from '../../components/card'
import { ChoiceRows } from '../../components/choice-rows'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { FormFoot } from '../../components/form-foot'
import { FormRow, TextBox } from '../../components/form-row'
import { InDraftSlot, WrittenElsewhere } from '../../components/in-draft-slot'
import { PageFrame } from '../../components/page-frame'
import { Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { stillOffered } from '../../components/still-offered'
import { type ChosenPlace, placeToSend } from '../../services/chosen-place'
import type { DraftSlot } from '../../services/draft-slot'
import { useDraft } from '../../services/drafts'
import { fieldProblems } from '../../services/field-problems'
import { replacePage } from '../../services/navigation'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { useQuery } from '../../services/use-query'
import { leftOpenIn, questionsOf } from '../../words/mistakes'
import { mayDeclare } from '../../words/roles'
import { staffSteps } from '../../words/staff-steps'
import { maxText } from './draft'
import { PlaceOfUnit } from './place-of-unit'

interface DeclareDraft {
  readonly categoryId: CategoryId | null
  readonly text: string
  readonly place: ChosenPlace
}

const nothing: DeclareDraft = {
  categoryId: null,
  text: '',
  place: { point: null, placeWords: '', community: null },
}

const title = '列出最不满意的事'

const labels = { categoryId: '是什么事', place: '在哪里', text: '说一句' } as const

interface DeclareFormProps {
  readonly unitId: string
}

/** 列出群众最不满意的事 (F), for whoever is the secretary of this branch. */
export function DeclareForm({ unitId }: DeclareFormProps) {
  const unit = useQuery('unit.get', { unitId })
  const me = useQuery('me.get', {})
  const page = (body: ReactNode) => <PageFrame title={title}>{body}</PageFrame>
  const skeleton = page(<Skeleton shape="page" />)
  for (const { query, retry } of [unit, me]) {
    if (query.state === 'failed') return page(<ErrorState message={query.error.message} onRetry={retry} />)
  }
  if (unit.query.state !== 'ready' || me.query.state !== 'ready') return skeleton
  const { name } = unit.query.value.unit
  if (!mayDeclare(me.query.value.memberships, unitId)) {
    return page(
      <EmptyState
        icon="landmark"
        title="这一步不归您"
        hint={`${name}最不满意的事，由它自己的书记列出。您遇到了，可以上报。`}
        action={{ label: `看${name}`, onPress: () => replacePage('branch', { unitId }) }}
      />,
    )
  }
  return (
    <InDraftSlot name={`declare:${unitId}`} meanwhile={skeleton}>
      {(slot) => <DeclareDraftForm unitId={unitId} slot={slot} />}
    </InDraftSlot>
  )
}

/** A branch lists what nobody has reported yet. */
function DeclareDraftForm({ unitId, slot }: DeclareFormProps & { readonly slot: DraftSlot }) {
  const { draft, change, drop, intentions } = useDraft<DeclareDraft>(slot.name, nothing)
  const { run, isBusy, error } = useCommand('redFace.declareNew', { intentions })
  const [leftOpen, setLeftOpen] = useState<readonly string[]>([])
  const { query } = useQuery('category.list', { unitId })
  const categories = query.state === 'ready' ? query.value.rows.filter((one) => !one.isAboutBranch) : []
  const choices = categories.map(({ id, name, hint }) => ({ value: id, label: name, hint }))
  const categoryId = stillOffered(choices, draft.categoryId ?? undefined)
  const { text, place } = draft
  const { row, mistakes } = questionsOf(labels, fieldProblems(error), leftOpen)

  const send = async () => {
    const input = {
      unitId,
      categoryId,
      text: cleanText(text),
      place: placeToSend({ ...place, community: null }, undefined),
    }
    setLeftOpen(leftOpenIn(input))
    const outcome = await run(input)
    if (!outcome.ok) return
    drop()
    toast('已经列出')
    replacePage('detail', { reportId: outcome.value.reportId })
  }

  return (
    <PageFrame
      title={title}
      action={
        <View data-test="send-declare">
          <FormFoot trouble={mistakes ?? error?.message}>
            <BigButton
              label={staffSteps['declare-red-face'].label}
              icon="flag"
              isBusy={isBusy}
              onPress={() => void send()}
            />
          </FormFoot>
        </View>
      }
    >
      {slot.isBesideAnother && <WrittenElsewhere />}
      <Notice tone="plain" icon="flag">
        还没人上报、群众最不满意的事，支部自己先列出来。从现在起算时限，居民可以加入，办好了一样要居民说修好了才销号。
      </Notice>
      <Card>
        <FormRow {...row('categoryId')}>
          <ChoiceRows
            choices={choices}
            value={categoryId}
            onChange={(chosen) => change({ categoryId: chosen })}
            name="category"
          />
        </FormRow>
      </Card>
      <Card>
        <PlaceOfUnit
          unitId={unitId}
          place={place}
          error={row('place').error}
          isMapOnly
          onChange={(part) => change((before) => ({ place: { ...before.place, ...part } }))}
        />
      </Card>
      <Card>
        <View data-test="declare-text">
          <FormRow {...row('text')} hint="人人都看得到，不写居民是谁。">
            <TextBox
              value={text}
              onChange={(typed) => change({ text: typed })}
              max={maxText}
              placeholder="比如：东头三条巷子一到下雨就积水"
            />
          </FormRow>
        </View>
      </Card>
    </PageFrame>
  )
}
