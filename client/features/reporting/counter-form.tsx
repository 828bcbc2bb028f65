import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { BigButton } from '../../components/big-button'
import { Card } from '../../components/card'
import { ChoiceChips } from '../../components/choice-chips'
import { EmergencyCalls } from '../../components/emergency-calls'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { FormRow, TextBox } from '../../components/form-row'
import { Icon } from '../../components/icon'
import { InDraftSlot, WrittenElsewhere } from '../../components/in-draft-slot'
import { PageFrame } from '../../components/page-frame'
import { PhotoPicker } from '../../components/photo-picker'
import { Pressable } from '../../components/pressable'
import { ListRow, Notice, SwitchRow } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { command } from '../../services/api'
import { askAgain } from '../../services/ask-again'
import type { NamedCommunity } from '../../services/chosen-place'
import { placeToSend } from '../../services/chosen-place'
import type { DraftSlot } from '../../services/draft-slot'
import { useDraft } from '../../services/drafts'
import { focusFirstIn } from '../../services/focus'
import { goBack, openPage, replacePage } from '../../services/navigation'
import { nameOfPrinter } from '../../services/printer-name'
import { toast } from '../../services/toast'
import { useQuery } from '../../services/use-query'
import { answerableText } from '../../words/answerable'
import { centreName, onBehalfLabel, posterLabel } from '../../words/receipt'
import { isAtCounter } from '../../words/roles'
import { AccusedChoice, useAccusedQuestion } from './accused-choice'
import { CategoryBlock } from './category-block'
import {
  accusedAt,
  emptyDraft,
  keepableDraft,
  maxText,
  type Problems,
  placeAsked,
  problemsAmong,
  problemsOf,
  type ReportDraft,
  toSubmission,
} from './draft'
import { FiledHere } from './filed-here'
import { PlaceBlock } from './place-block'
import { refusedProblems } from './refused-problems'
import { type Printed, Slip } from './slip'
import { SubmitState } from './submit-state'
import { useCatalogue } from './use-catalogue'
import { useSubmit } from './use-submit'
import {
  type FormField,
  fieldNames,
  formFields,
  isEmergency,
  sentencePlaceholder,
  waitingLine,
} from './words'
import './counter-form.css'

type Centre = OutputOf<'unit.get'>['unit']

interface CounterDraft extends ReportDraft {
  /** Whether they leave a number; undefined until they have been asked. */
  readonly leaves?: 'phone' | 'nothing'
  readonly hasConsented: boolean
  readonly isForFamily: boolean
}

const nothing: CounterDraft = { ...emptyDraft, hasConsented: false, isForFamily: false }

const keepable = (draft: CounterDraft): CounterDraft => ({ ...draft, ...keepableDraft(draft) })

/** What only a counter asks. */
type CounterField = FormField | 'leaves' | 'consent'
const counterFields: readonly CounterField[] = [
  'text',
  'category',
  'place',
  'photos',
  'leaves',
  'phone',
  'consent',
]
const counterFieldNames: Readonly<Record<CounterField, string>> = {
  ...fieldNames,
  text: '他怎么说',
  category: '是什么事',
  leaves: '留不留电话',
  consent: '念给他听',
}

/** What is read to whoever stands at the counter, before anything of theirs leaves it. */
const consentTexts: Readonly<Record<NonNullable<CounterDraft['leaves']>, string>> = {
  phone: `已念给他听，他同意：这件事交给${answerableText}办，电话只有办的人看，每看一次都有记录`,
  nothing: `已念给他听，他同意：这件事交给${answerableText}办，别人看不到是谁报的，凭回执查`,
}

const blockId = (field: CounterField) => `counter-${field === 'phone' ? 'leaves' : field}`

/** Shows the question and puts the keyboard there; the page's heading lies over its top. */
const goTo = (field: CounterField) => {
  void Taro.pageScrollTo({ selector: `#${blockId(field)}`, offsetTop: -80, duration: 200 })
  focusFirstIn(blockId(field))
}

interface CounterScreenProps {
  readonly unitId: string
}

/** 窗口代办: who sits at the counter reports for whoever comes there or calls. */
export function CounterScreen({ unitId }: CounterScreenProps) {
  const me = useQuery('me.get', {})
  const unit = useQuery('unit.get', { unitId })
  const [printed, setPrinted] = useState<Printed>()
  const [isAmongFiled, setAmongFiled] = useState(false)
  const page = (body: ReactNode) => (
    <PageFrame title={onBehalfLabel} isLarge>
      {body}
    </PageFrame>
  )
  for (const { query, retry } of [me, unit]) {
    if (query.state === 'failed') return page(<ErrorState message={query.error.message} onRetry={retry} />)
  }
  if (me.query.state !== 'ready' || unit.query.state !== 'ready') return page(<Skeleton shape="page" />)
  const seats = me.query.value.memberships.filter(({ role }) => isAtCounter(role))
  const centre = unit.query.value.unit
  if (seats.every((seat) => seat.unitId !== unitId))
    return page(
      <EmptyState
        icon="printer"
        title="这里是服务中心窗口用的"
        hint="您自己的事，直接点“上报”。窗口的职务由单位的管理员来定。"
        action={{ label: '去上报', onPress: () => replacePage('report') }}
      />,
    )
  if (printed)
    return (
      <Slip
        key={printed.printNo}
        printed={printed}
        centre={centre}
        onDone={() => {
          setPrinted(undefined)
          setAmongFiled(false)
        }}
      />
    )
  if (isAmongFiled)
    return <FiledHere unitId={unitId} onBack={() => setAmongFiled(false)} onPrinted={setPrinted} />
  return (
    <InDraftSlot name={`counter:${unitId}`} meanwhile={page(<Skeleton shape="page" />)}>
      {(slot) => (
        <CounterDraftForm
          slot={slot}
          centre={centre}
          others={seats.filter((seat) => seat.unitId !== unitId)}
          onPrinted={setPrinted}
          onFiled={() => setAmongFiled(true)}
        />
      )}
    </InDraftSlot>
  )
}

interface CounterDraftFormProps {
  readonly slot: DraftSlot
  readonly centre: Centre
  /** Other centres at whose counter the same person sits. */
  readonly others: readonly { readonly unitId: string; readonly unitName: string }[]
  readonly onPrinted: (printed: Printed) => void
  readonly onFiled: () => void
}

/** Three questions in large letters, what was read aloud, and the slip. */
function CounterDraftForm({ slot, centre, others, onPrinted, onFiled }: CounterDraftFormProps) {
  const { draft, change, drop, intentions, isKept } = useDraft(slot.name, nothing, keepable)
  const [wanting, setWanting] = useState<readonly CounterField[]>([])
  const [refusedFields, setRefusedFields] = useState<Problems>({})
  const [refusal, setRefusal] = useState<string>()
  const own: NamedCommunity = { id: centre.id, name: centre.areaName }
  const community = draft.community ?? own
  const catalogue = useCatalogue(draft.point, community.id, false)
  // H4: what is about the village's own people is taken where they do not sit.
  const takesComplaints = centre.level !== 'village'
  const categories = takesComplaints ? catalogue : catalogue.filter((one) => !one.isAboutBranch)
  const category = categories.find(({ id }) => id === draft.categoryId)
  const place = placeToSend(draft, community)
  const asking = useAccusedQuestion(category?.isAboutBranch ? place : undefined)
  const asMarked: CounterDraft = {
    ...draft,
    wantsCall: draft.leaves === 'phone',
    accused: accusedAt(draft, place) ?? asking.usual ?? draft.accused,
  }
  const found: Partial<Readonly<Record<CounterField, string>>> = {
    ...problemsOf(asMarked, community, category),
    ...(draft.leaves === undefined ? { leaves: '请问他留不留电话' } : {}),
    ...(draft.hasConsented ? {} : { consent: '先念给他听，他同意了再点这里' }),
  }
  const isComplete = Object.keys(found).length === 0

  const { isSending, isWaiting, trouble } = useSubmit({
    draft,
    isUrgent: false,
    submission:
      category && isComplete
        ? {
            ...toSubmission(asMarked, category, community),
            unitId: centre.id,
            hasConsented: true as const,
            isForFamily: draft.isForFamily,
            printerId: nameOfPrinter(),
          }
        : undefined,
    submit: (sent) => command('report.submitOnBehalf', sent),
    intentions,
    onSent: (receipt) => {
      drop()
      onPrinted({ ...receipt, categoryName: category?.name ?? '', words: draft.text })
      void Taro.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    onRefused: (refused) => {
      change({ isToSend: false })
      const problems = refusedProblems(refused)
      setRefusal(Object.keys(problems).length === 0 ? refused.message : undefined)
      setRefusedFields(problems)
    },
  })

  /** Whatever is changed is not what was to be sent. */
  const edit = (part: Partial<CounterDraft>) => {
    change({ ...part, isToSend: false })
    setRefusal(undefined)
    setRefusedFields({})
  }

  const press = () => {
    setRefusal(undefined)
    const open = counterFields.filter((field) => found[field])
    setWanting(open)
    const [first] = open
    if (first) return goTo(first)
    if (draft.isToSend) askAgain()
    else change({ isToSend: true, accused: asMarked.accused })
  }

  const shown: Partial<Readonly<Record<CounterField, string>>> = {
    ...problemsAmong(
      formFields.filter((field) => wanting.includes(field)),
      found,
      refusedFields,
    ),
    ...(wanting.includes('leaves') && found.leaves ? { leaves: found.leaves } : {}),
    ...(wanting.includes('consent') && found.consent ? { consent: found.consent } : {}),
  }
  const wrong = counterFields.filter((field) => shown[field])

  return (
    <PageFrame
      title={onBehalfLabel}
      isLarge
      action={
        <View>
          <SubmitState
            form="counter"
            missing={wrong.map((field) => counterFieldNames[field])}
            refusal={refusal}
            waiting={isWaiting ? waitingLine(draft, trouble, isKept) : undefined}
          />
          <View className="counter-form__foot">
            <View data-test="keep-for-later">
              <BigButton
                label="先存着"
                tone="secondary"
                onPress={() => {
                  toast('存着，下次打开接着写')
                  goBack()
                }}
              />
            </View>
            <View data-test="submit-on-behalf">
              <BigButton
                label={draft.isToSend ? '现在就发' : '提交，打回执'}
                isBusy={isSending}
                onPress={press}
              />
            </View>
          </View>
        </View>
      }
    >
      {slot.isBesideAnother && <WrittenElsewhere />}
      <View className="counter-form__centre">{centreName(centre.areaName)}</View>
      {others.length > 0 && (
        <ChoiceChips
          name="centre"
          label="在哪个窗口"
          choices={[
            { value: centre.id, label: centre.name },
            ...others.map((seat) => ({ value: seat.unitId, label: seat.unitName })),
          ]}
          value={centre.id}
          onChange={(unitId) => replacePage('counter', { unitId })}
        />
      )}
      {category && isEmergency(category) && (
        <EmergencyCalls title="有人身危险，先打电话，再上报" numbers={category.emergencyCalls} />
      )}
      <Card>
        <View className="counter-form__rows">
          <View id={blockId('text')} data-test="counter-text">
            <FormRow label={counterFieldNames.text} error={shown.text}>
              <TextBox
                value={draft.text}
                max={maxText}
                onChange={(text) => edit({ text })}
                placeholder={sentencePlaceholder(category)}
              />
            </FormRow>
          </View>
          <View id={blockId('category')}>
            <CategoryBlock
              categories={categories}
              chosen={category}
              error={shown.category}
              onChoose={(categoryId) => edit({ categoryId, accused: null })}
            />
          </View>
          {category?.isAboutBranch && (
            <AccusedChoice
              asking={asking}
              value={accusedAt(draft, place)}
              onChange={(unitId) => edit({ accused: { of: placeAsked(place), unitId } })}
            />
          )}
        </View>
      </Card>
      <Card>
        <View id={blockId('place')} data-test="counter-place">
          <PlaceBlock
            place={draft}
            community={community}
            home={centre}
            isHomeAwaited={false}
            error={shown.place}
            onChange={edit}
          />
        </View>
      </Card>
      <Card>
        <View className="counter-form__rows">
          <View id={blockId('leaves')}>
            <FormRow label="怎么找他" error={shown.leaves}>
              <ChoiceChips
                name="leaves"
                layout="columns"
                choices={[
                  { value: 'phone', label: '留电话' },
                  { value: 'nothing', label: '不留' },
                ]}
                value={draft.leaves}
                // What was read aloud was about the other answer.
                onChange={(leaves) => edit({ leaves, hasConsented: false })}
              />
            </FormRow>
          </View>
          {draft.leaves === 'phone' && (
            <View data-test="counter-phone">
              <FormRow label="他的电话" error={shown.phone}>
                <TextBox
                  isSingleLine
                  kind="phone"
                  value={draft.phone}
                  onChange={(phone) => edit({ phone })}
                  placeholder="手机号，或者带区号的座机"
                />
              </FormRow>
            </View>
          )}
          <View id={blockId('consent')}>
            <FormRow label={counterFieldNames.consent} error={shown.consent}>
              <Pressable
                className={`counter-form__consent ${draft.hasConsented ? 'counter-form__consent--given' : ''}`}
                role="checkbox"
                name="consent"
                isChosen={draft.hasConsented}
                onPress={() => edit({ hasConsented: !draft.hasConsented })}
              >
                <Icon name={draft.hasConsented ? 'square-check' : 'square'} size={1.5} />
                <View>{consentTexts[draft.leaves ?? 'nothing']}</View>
              </Pressable>
            </FormRow>
          </View>
        </View>
      </Card>
      <Card>
        <View className="counter-form__rows">
          <View id={blockId('photos')}>
            <FormRow label="照片" isOptional error={shown.photos}>
              <PhotoPicker
                photos={draft.photos}
                onChange={(next) => change((before) => ({ photos: next(before.photos) }))}
              />
            </FormRow>
          </View>
          <SwitchRow
            name="for-family"
            title="是给我自己家人办的"
            hint="照实打开：会记在办理经过里，好评不算，差评算"
            isOn={draft.isForFamily}
            onChange={(isForFamily) => edit({ isForFamily })}
          />
        </View>
      </Card>
      {!takesComplaints && (
        <Notice tone="plain" icon="shield-check">
          要反映本村、本社区的干部，请他到上一级的服务中心窗口，或者用微信自己报：这里看不到，才好保密。
        </Notice>
      )}
      <Card>
        <ListRow
          name="open-filed"
          icon="receipt-text"
          title="补打回执"
          hint="回执丢了、看不清，重打一张，换一个新码"
          onPress={onFiled}
        />
        <ListRow
          name="open-poster"
          icon="printer"
          title={posterLabel}
          hint="贴在巷口、灯杆、门口，扫了就填好地点"
          onPress={() => openPage('poster', { unitId: centre.id })}
        />
      </Card>
    </PageFrame>
  )
}
