import { View } from '@tarojs/components'
import { useState } from 'react'
import { BeforeAfter } from '../../components/before-after'
import { BigButton, ButtonPair } from '../../components/big-button'
import { Card } from '../../components/card'
import { ErrorState } from '../../components/empty-state'
import { Heading } from '../../components/heading'
import { Icon } from '../../components/icon'
import { PageFrame } from '../../components/page-frame'
import { Facts, ListRow, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { isByReceipt } from '../../services/receipt'
import { serverNow } from '../../services/server-time'
import { useQuery } from '../../services/use-query'
import { type Rules, useRulesOf } from '../../services/use-rules'
import { answersOffered } from '../../words/gone-answers'
import { alsoMetText } from '../../words/households'
import { actsForText, appealedLabel, causeText, causeWord, whoseCauseTexts } from '../../words/red-face-cause'
import { consentText, isTakenOff } from '../../words/red-face-entry'
import { AnswerSheet } from './answer-sheet'
import { ClearingSteps } from './clearing-steps'
import { DaysListed } from './days-listed'
import { LedgerChain } from './ledger-chain'
import type { RedFaceDetail } from './words'
import './entry-screen.css'

interface EntryScreenProps {
  readonly entryId: string
}

/** One entry of the list: the matter, why it is on, what is needed to clear it, and who may say so. */
export function EntryScreen({ entryId }: EntryScreenProps) {
  const { query, reload, retry } = useQuery('redFace.get', { entryId })
  const [answering, setAnswering] = useState<'gone' | 'not-gone'>()
  const detail = query.state === 'ready' ? query.value : undefined
  // Only its trace says who was quicker than whoever may answer.
  const matter = useQuery('report.get', detail?.canAnswer ? { reportId: detail.entry.reportId } : undefined)
  const rules = useRulesOf(detail && { branch: detail.entry.branch, submittedUnder: detail.submittedUnder })
  const reloadBoth = async () => {
    await Promise.all([reload(), matter.reload()])
  }

  return (
    <PageFrame
      title="红脸事项"
      action={detail?.canAnswer && <AnswerButtons detail={detail} onAnswer={setAnswering} />}
    >
      {query.state === 'loading' && <Skeleton shape="page" />}
      {query.state === 'failed' && <ErrorState message={query.error.message} onRetry={retry} />}
      {detail && <EntryBody detail={detail} rules={rules} />}
      {detail && answering && (
        <AnswerSheet
          reportId={detail.entry.reportId}
          rev={detail.rev}
          timeline={matter.query.state === 'ready' ? matter.query.value.timeline : []}
          isGone={answering === 'gone'}
          askedOf={detail.episode.evidenceAt}
          rules={rules}
          needsPicture={answering === 'not-gone' && detail.barredAnswers?.notGone === 'needs-picture'}
          reload={reloadBoth}
          onClose={() => setAnswering(undefined)}
          onAnswered={() => {
            setAnswering(undefined)
            void reload()
          }}
        />
      )}
    </PageFrame>
  )
}

interface AnswerButtonsProps {
  readonly detail: RedFaceDetail
  readonly onAnswer: (answer: 'gone' | 'not-gone') => void
}

function AnswerButtons({ detail, onAnswer }: AnswerButtonsProps) {
  const { hasAnswered } = detail.episode
  const { question, offers } = answersOffered(
    detail.barredAnswers,
    hasAnswered,
    !isByReceipt(detail.entry.reportId),
  )
  return (
    <View>
      <View className="entry-screen__question">{question}</View>
      <ButtonPair>
        {offers.map(({ isGone, label }) => {
          const answer = isGone ? 'gone' : 'not-gone'
          return (
            <View key={answer} data-test={`answer-${answer}`}>
              <BigButton
                label={label}
                tone={isGone && !hasAnswered ? 'primary' : 'secondary'}
                onPress={() => onAnswer(answer)}
              />
            </View>
          )
        })}
      </ButtonPair>
    </View>
  )
}

interface EntryBodyProps {
  readonly detail: RedFaceDetail
  readonly rules: Rules | undefined
}

function EntryBody({ detail, rules }: EntryBodyProps) {
  const { entry, episode, before, after, ledger } = detail
  const now = serverNow()
  const met = alsoMetText(entry)
  const reportedAt = entry.reportedAt ?? entry.submittedAt
  const isOff = isTakenOff(entry.consent)
  const isQuiet = entry.state === 'cleared' ? isOff : entry.isAppealed
  // While the residents are asked, what they are asked about comes first.
  const isInQuestion = episode.evidenceAt !== null && episode.clearedAt === null
  const photos = after.length > 0 && (
    <Card title={isInQuestion ? '新拿出的证据' : '办理的照片'}>
      {episode.evidenceAt === null && (
        <View className="entry-screen__earlier">这是以前办理时的照片，问题又出现了或居民没有认可。</View>
      )}
      <BeforeAfter before={before} after={after} />
    </Card>
  )
  return (
    <View className="entry-screen">
      <View className={`entry-screen__head entry-screen__head--${isQuiet ? 'quiet' : entry.state}`}>
        <View className="entry-screen__title-line">
          <Heading className="entry-screen__title">{entry.summary}</Heading>
          <DaysListed entry={entry} />
        </View>
        <View className="entry-screen__unit" data-test="open-branch">
          <ListRow
            icon="landmark"
            title={entry.branch.name}
            hint={entry.heir ? actsForText(entry.heir.name) : '负责办这件事'}
            onPress={() => openPage('branch', { unitId: (entry.heir ?? entry.branch).id })}
          />
        </View>
      </View>

      {entry.isAppealed && (
        <Notice tone="waiting" icon="scale" title={appealedLabel}>
          {entry.branch.name}认为不该上榜，已向上一级申诉。结果出来以前不下结论。
        </Notice>
      )}
      {isOff && (
        <Notice tone="plain" icon="scale" title={consentText(entry.consent)}>
          上榜和撤下的经过都留在下面的台账里。
        </Notice>
      )}

      {isInQuestion && photos}

      <Card title="为什么上榜">
        {episode.causes.map((told) => (
          <View key={told.no} className="entry-screen__cause">
            <Icon name={causeWord(told.cause).icon} size={1.2} />
            <View className="entry-screen__cause-words">
              <View>{causeText(told)}</View>
              <View className="entry-screen__when">
                {[instantText(told.at, now), ...whoseCauseTexts(told)].join(' · ')}
              </View>
            </View>
          </View>
        ))}
        <View className="entry-screen__facts">
          <Facts
            facts={[
              { label: '事项类别', value: entry.categoryName },
              ...(reportedAt === null
                ? []
                : [
                    {
                      label: '上报',
                      value: entry.isUnreported ? '还没人上报' : instantText(reportedAt, now),
                    },
                  ]),
              { label: '起算', value: instantText(episode.noticedAt, now) },
              { label: '公开', value: instantText(episode.publicAt, now) },
              ...(met ? [{ label: '遇到的', value: met }] : []),
            ]}
          />
        </View>
      </Card>

      {!isOff && (
        <Card title="怎样销号">
          <ClearingSteps episode={episode} rules={rules} />
        </Card>
      )}

      {!isInQuestion && photos}

      <Card>
        <View data-test="open-detail">
          <ListRow
            icon="history"
            title="看办理经过"
            hint="从上报到现在，每一步都在"
            onPress={() => openPage('detail', { reportId: entry.reportId })}
          />
        </View>
      </Card>

      <Card title="这件事的台账">
        <View className="entry-screen__earlier">
          每一笔记着上一笔的“指纹”，改动任何一笔都会接不上，所以记录改不了。
        </View>
        <LedgerChain rows={[...ledger].sort((a, b) => b.seq - a.seq)} />
        <View className="entry-screen__book" data-test="open-ledger">
          <ListRow
            icon="link"
            title="看全部台账"
            onPress={() => openPage('ledger', { unitId: entry.branch.id })}
          />
        </View>
      </Card>
    </View>
  )
}
