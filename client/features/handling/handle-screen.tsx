import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import { numberText } from '../../../cloudfunctions/contexts/report/rules/report-number'
import { BeforeAfter } from '../../components/before-after'
import { BigButton, ButtonPair } from '../../components/big-button'
import { Card } from '../../components/card'
import { Countdown } from '../../components/countdown'
import { ErrorState } from '../../components/empty-state'
import { FactLine } from '../../components/fact-line'
import { Heading } from '../../components/heading'
import { MapView } from '../../components/map-view'
import { PhotoGrid } from '../../components/photo-grid'
import { Facts, ListRow, Notice } from '../../components/rows'
import { Sheet } from '../../components/sheet'
import { Skeleton } from '../../components/skeleton'
import { StatusTag } from '../../components/status-tag'
import { dateText, instantText } from '../../components/time-text'
import { FoldedTimeline } from '../../components/timeline'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { useQuery } from '../../services/use-query'
import { urgeAgainText } from '../../words/both-sides'
import { countdownWords, dueByText, dueDeed, runningDue } from '../../words/due'
import { alsoMetText, answersText } from '../../words/households'
import { matterText, publicSummaryText } from '../../words/matter'
import { planStanding } from '../../words/plan'
import { appealText, causeWord, whoseCauseTexts } from '../../words/red-face-cause'
import { postedText, stayWord } from '../../words/red-face-entry'
import { causePublicText, publicText } from '../../words/red-face-public'
import { memberName } from '../../words/roles'
import { isDeclared, reportedText } from '../../words/row'
import { sentences } from '../../words/sentences'
import type { Word } from '../../words/sign'
import { type StaffAction, type StaffStepGroup, staffStepGroups, staffSteps } from '../../words/staff-steps'
import { statusWord } from '../../words/status'
import { latestFirst } from '../../words/trace-lines'
import { eventSigns } from '../../words/trace-signs'
import { useOlderLines } from '../../words/use-older-lines'
import {
  contactedWord,
  earlierVerdictText,
  isResultNow,
  pastResultText,
  satisfactionWords,
  solvedWords,
  verdictsOf,
  verdictsTitle,
} from '../../words/verdict'
import { remedyWords } from '../../words/work'
import { Asked } from './forms/rule-on-form'
import { PhoneSheet } from './phone-sheet'
import { afterCall, chooseActions, isHandlerElsewhere, type Matter, wordsOf } from './words'
import './handle-screen.css'

interface HandleScreenProps {
  readonly reportId: string
  /** Puts the page together: the frame holds the actions within the thumb's reach. */
  readonly frame: (body: ReactNode, action?: ReactNode) => ReactNode
}

/** Everything a secretary or a partner needs to handle one report. */
export function HandleScreen({ reportId, frame }: HandleScreenProps) {
  const { query, isOutdated, reload, retry } = useQuery('report.get', { reportId })
  const trace = useOlderLines(query.state === 'ready' ? query.value : undefined)
  const [sheet, setSheet] = useState<'more' | 'phone'>()

  if (query.state === 'loading') return frame(<Skeleton shape="page" />)
  if (query.state === 'failed') return frame(<ErrorState message={query.error.message} onRetry={retry} />)
  const matter = query.value
  const { first, others } = chooseActions(matter)
  const act = (action: StaffAction) => openPage('act', { reportId, action })

  // Between one's own step and the answer after it, the buttons would offer what has just been done.
  const actions = isOutdated ? (
    <BigButton label="正在更新" isBusy onPress={() => undefined} />
  ) : first || others.length > 0 ? (
    <ButtonPair>
      {others.length > 0 && (
        <View data-test="more-actions">
          <BigButton label="更多操作" tone="secondary" onPress={() => setSheet('more')} />
        </View>
      )}
      {first && (
        <View data-test={`action-${first}`}>
          <BigButton
            label={wordsOf(first, matter).label}
            icon={wordsOf(first, matter).icon}
            onPress={() => act(first)}
          />
        </View>
      )}
    </ButtonPair>
  ) : undefined

  return frame(
    <View className="handle-screen">
      {matter.requests.map((request) => (
        <Asked key={request.kind} request={request} />
      ))}
      <What matter={matter} />
      <Work matter={matter} />
      <Where matter={matter} />
      <Who matter={matter} onPhone={() => setSheet('phone')} />
      <QuestionsAndPlan matter={matter} />
      <RedFace matter={matter} />
      <Verdicts matter={matter} />
      <Card title="办理轨迹">
        <FoldedTimeline
          {...trace}
          steps={latestFirst(matter.timeline, trace.older).map((event) => ({
            key: String(event.seq),
            ...eventSigns[event.kind],
            title: event.text,
            when: instantText(event.at, serverNow()),
            who: event.unitName,
            photos: event.photos,
          }))}
        />
      </Card>
      {sheet === 'more' && (
        <Sheet isOpen title="更多操作" onClose={() => setSheet(undefined)}>
          {(Object.keys(staffStepGroups) as StaffStepGroup[]).map((group) => (
            <ActionGroup
              key={group}
              matter={matter}
              group={group}
              actions={others.filter((action) => staffSteps[action].group === group)}
              onAct={(action) => {
                setSheet(undefined)
                act(action)
              }}
            />
          ))}
        </Sheet>
      )}
      {sheet === 'phone' && (
        <PhoneSheet
          matter={matter}
          reload={reload}
          afterwards={afterCall.onPage(matter)}
          onClose={() => setSheet(undefined)}
        />
      )}
    </View>,
    actions,
  )
}

interface ActionGroupProps extends PartProps {
  readonly group: StaffStepGroup
  readonly actions: readonly StaffAction[]
  readonly onAct: (action: StaffAction) => void
}

function ActionGroup({ matter, group, actions, onAct }: ActionGroupProps) {
  // Who has urged sees when they may again.
  const urgeAgainAt = staffSteps.urge.group === group ? matter.urgeAgainAt : undefined
  if (actions.length === 0 && urgeAgainAt === undefined) return null
  return (
    <View className="handle-screen__group">
      <Heading className="handle-screen__group-name" level={3}>
        {staffStepGroups[group]}
      </Heading>
      {actions.map((action) => (
        <View key={action} className="handle-screen__more" data-test={`action-${action}`}>
          <ListRow
            icon={wordsOf(action, matter).icon}
            title={wordsOf(action, matter).label}
            hint={wordsOf(action, matter).hint}
            onPress={() => onAct(action)}
          />
        </View>
      ))}
      {urgeAgainAt !== undefined && (
        <View className="handle-screen__more">
          <ListRow
            icon={staffSteps.urge.icon}
            title={staffSteps.urge.label}
            hint={urgeAgainText(urgeAgainAt, serverNow())}
            onPress={undefined}
          />
        </View>
      )}
    </View>
  )
}

interface PartProps {
  readonly matter: Matter
}

function What({ matter }: PartProps) {
  const { redFace } = matter
  const due = runningDue(matter)
  const publicSummary = publicSummaryText(matter)
  const facts = [
    matter.categoryName,
    reportedText(matter, serverNow()),
    matter.pseudonym && `居民 ${matter.pseudonym}`,
    alsoMetText(matter),
    matter.number !== null && numberText(matter.number),
  ]
  return (
    <Card>
      <View className="handle-screen__tags">
        <StatusTag {...statusWord(matter.status)} />
        {due && <Countdown say={(now) => countdownWords(due, now, isHandlerElsewhere(matter))} />}
        {redFace && redFace.state !== 'cleared' && <StatusTag {...redFaceWord(redFace)} />}
      </View>
      <View className="handle-screen__words">{matterText(matter)}</View>
      {publicSummary && <View className="handle-screen__public">{publicSummary}</View>}
      <View className="handle-screen__fact">
        <FactLine facts={facts} />
      </View>
      {matter.photos.length > 0 && (
        <PhotoGrid photos={matter.photos} label={isDeclared(matter) ? '支部拍的' : '居民拍的'} />
      )}
    </Card>
  )
}

/** Before it is public also when it will be. */
const redFaceWord = (redFace: NonNullable<Matter['redFace']>): Word => {
  const word = stayWord(redFace)
  return redFace.state === 'noticed'
    ? { ...word, text: `${word.text}，${publicText(redFace, serverNow())}` }
    : word
}

/** Why it is on the list, whose each cause is, and what the residents say to the evidence. */
function RedFace({ matter }: PartProps) {
  const { redFace } = matter
  if (!redFace || redFace.state === 'cleared') return null
  const now = serverNow()
  const { causes, evidenceAt, postedUntil, notGoneCount } = redFace
  const answers = answersText(redFace) || '还没人回答'
  return (
    <Card title="红脸">
      <Facts
        facts={[
          ...causes.map((cause) => ({
            label: causeWord(cause.cause).label,
            value: [
              whoseCauseTexts(cause).join('，'),
              !cause.isStruck && causePublicText(cause, redFace, now),
              appealText(cause),
            ]
              .filter(Boolean)
              .join('，'),
          })),
          {
            label: '居民怎么说',
            value: evidenceAt === null ? '还没放证据' : answers,
          },
        ]}
      />
      {postedUntil !== null && (
        <Notice tone="waiting" icon="users">
          {postedText(dateText(postedUntil, now))}。
        </Notice>
      )}
      {notGoneCount > 0 && (
        <Notice tone="alert" icon="eye">
          {sentences.objection}。
        </Notice>
      )}
    </Card>
  )
}

/** What the branch asked, and what it plans. */
function QuestionsAndPlan({ matter }: PartProps) {
  const { questions, plan } = matter
  if (questions.length === 0 && !plan) return null
  const now = serverNow()
  const standing = plan && planStanding(plan, matter.status, now)
  return (
    <Card title="询问和计划">
      <Facts
        facts={[
          ...questions.map(({ no, text, at, answeredAt }) => ({
            label: `问${no}`,
            value: `${text}（${instantText(at, now)}，${answeredAt === null ? '还没回答' : `${instantText(answeredAt, now)}回答，见办理轨迹`}）`,
          })),
          ...(plan
            ? [
                { label: '计划', value: plan.text },
                {
                  label: '办完',
                  value: `${dateText(plan.doneBy, now)}${standing === 'late' ? '，已过' : ''}`,
                },
                { label: '经费', value: plan.budget },
              ]
            : []),
        ]}
      />
    </Card>
  )
}

function Where({ matter }: PartProps) {
  const { point } = matter
  const cells = useQuery(
    'grid.cells',
    point && matter.routing.cellId ? { unitId: matter.branch.id } : undefined,
  )
  const areas =
    cells.query.state === 'ready'
      ? cells.query.value.cells.map((cell) => ({
          id: cell.id,
          name: cell.name,
          rings: cell.rings,
          isHighlighted: cell.id === matter.routing.cellId,
        }))
      : []
  return (
    <Card title="在哪里">
      {matter.placeWords && <View className="handle-screen__place">{matter.placeWords}</View>}
      <View className="handle-screen__fact">{matter.routing.reasons.join('；')}</View>
      {point && (
        <View className="handle-screen__map">
          <MapView
            areas={areas}
            markers={[{ id: 'here', point, kind: 'pin' }]}
            center={point}
            heightPixels={200}
            label="诉求的位置"
          />
        </View>
      )}
    </Card>
  )
}

function Who({ matter, onPhone }: PartProps & { readonly onPhone: () => void }) {
  const now = serverNow()
  return (
    <Card title="时限和联系">
      <Facts
        facts={[
          { label: '责任单位', value: matter.branch.name },
          ...(matter.requests.some(({ kind }) => kind === 'decline')
            ? [{ label: dueDeed('accept', matter.status), value: '已提出不予受理，等上级答复' }]
            : []),
          ...(matter.contactedAt === null
            ? []
            : [
                {
                  label: dueDeed('contact', matter.status),
                  value: `${instantText(matter.contactedAt, now)}已联系`,
                },
              ]),
          ...matter.dues.map(({ kind, dueAt }) => ({
            label: dueDeed(kind, matter.status),
            value: dueByText(dueAt, now),
          })),
          ...(matter.suspension ? [{ label: '时限', value: '挂账期间不算' }] : []),
        ]}
      />
      {matter.actions.includes('reveal-phone') && (
        <View data-test="see-phone">
          <ListRow icon="phone" title="打电话给居民" hint="居民为这件事留了电话" onPress={onPhone} />
        </View>
      )}
    </Card>
  )
}

function Work({ matter }: PartProps) {
  const { handler, fixClaim, resolution, suspension } = matter
  if (!handler && !fixClaim && !resolution && !suspension) return null
  const now = serverNow()
  return (
    <Card title="办理情况">
      {handler && (
        <Facts
          facts={[
            handler.member
              ? { label: '承办人', value: handler.member.isYou ? '您' : memberName(handler.member) }
              : { label: '处置单位', value: handler.name },
            { label: staffSteps.dispatch.label, value: instantText(handler.at, now) },
            { label: '要求', value: handler.note },
          ]}
        />
      )}
      {fixClaim && (
        <View className="handle-screen__block">
          <View className="handle-screen__strong">
            {handler?.member
              ? `${handler.member.isYou ? '您' : memberName(handler.member)}报完成，等别人核查`
              : `${fixClaim.unitName}报完成，等责任单位核查`}
          </View>
          <View>{fixClaim.note}</View>
          <BeforeAfter before={fixClaim.before} after={fixClaim.after} />
        </View>
      )}
      {resolution && (
        <View className="handle-screen__block">
          {!isResultNow(matter) && <View className="handle-screen__strong">{pastResultText(matter)}</View>}
          <View className="handle-screen__strong">
            {instantText(resolution.at, now)}办结 · {resolution.byUnitName} ·{' '}
            {remedyWords[resolution.remedy].label}
          </View>
          <View>{resolution.note}</View>
          <BeforeAfter before={resolution.before} after={resolution.after} />
        </View>
      )}
      {suspension && (
        <Facts
          facts={[
            { label: '挂账原因', value: suspension.reason },
            { label: '计划', value: suspension.plan },
            { label: '挂到', value: dateText(suspension.untilAt, now) },
            { label: '批准', value: suspension.approvedByUnitName },
          ]}
        />
      )}
    </Card>
  )
}

function Verdicts({ matter }: PartProps) {
  if (matter.ratings.length === 0) return null
  const { latest, earlier } = verdictsOf(matter)
  return (
    <Card title={verdictsTitle}>
      {[...latest, ...earlier].map((rating) => (
        <View key={rating.at} className="handle-screen__block">
          <View className="handle-screen__strong">
            {solvedWords[rating.solved].text} · {satisfactionWords[rating.satisfaction].text}
            {rating.contacted !== null && ` · ${contactedWord(rating.contacted).text}`}
          </View>
          {rating.remark && <View>“{rating.remark}”</View>}
          <View className="handle-screen__fact">
            {instantText(rating.at, serverNow())}
            {earlier.includes(rating) && `，${earlierVerdictText}`}
          </View>
        </View>
      ))}
    </Card>
  )
}
