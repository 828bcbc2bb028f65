import { View } from '@tarojs/components'
import { ringUp } from '../services/phone'
import type { Point } from '../services/places'
import { leadTo, mapAddress } from '../services/way-there'
import { useWide } from '../services/wide-window'
import { BigButton } from './big-button'
import { Card } from './card'
import { Icon, type IconName } from './icon'
import type { MapArea } from './map-port'
import { MapView } from './map-view'
import { Pressable } from './pressable'
import { QrCode } from './qr-code'
import './visit-card.css'

interface VisitCardProps {
  readonly title: string
  readonly name: string
  /** What one can do there. */
  readonly hint: string
  readonly address: string | null
  /** When somebody is there. */
  readonly hours: string | null
  readonly phone: string | null
  readonly point: Point | null
  /** The ground around it, where the map has none of its own. */
  readonly areas: readonly MapArea[]
}

interface LineProps {
  readonly icon: IconName
  readonly text: string | null
}

function Line({ icon, text }: LineProps) {
  if (text === null) return null
  return (
    <View className="visit-card__line">
      <Icon name={icon} size={1.15} />
      <View>{text}</View>
    </View>
  )
}

/** A place that one can go to: where it is, when somebody is there, whom to ring, and a map that leads there. */
export function VisitCard(props: VisitCardProps) {
  const { title, name, hint, address, hours, phone, point, areas } = props
  const isWide = useWide()
  const destination = point && { point, name, address: address ?? '' }
  const onPhone = isWide && destination ? mapAddress?.(destination) : undefined
  return (
    <Card title={title}>
      <View className="visit-card" data-test="visit-card">
        <View className="visit-card__name">{name}</View>
        <View className="visit-card__hint">{hint}</View>
        <Line icon="map-pin" text={address} />
        <Line icon="clock" text={hours} />
        {phone !== null && (
          <Pressable className="visit-card__phone" name="ring-centre" onPress={() => ringUp(phone)}>
            <Icon name="phone" size={1.2} />
            <View className="visit-card__number">{phone}</View>
            <View>拨号</View>
          </Pressable>
        )}
        {point && (
          <MapView
            areas={areas}
            markers={[{ id: 'there', point, kind: 'pin' }]}
            center={point}
            heightPixels={160}
            label={`${name}在地图上的位置`}
          />
        )}
        {onPhone && (
          <View className="visit-card__code">
            <QrCode text={onPhone} label={`扫一扫，手机地图带您去${name}`} />
            <View>拿手机扫一扫，地图带您去</View>
          </View>
        )}
        {destination && !isWide && (
          <View data-test="lead-there">
            <BigButton label="地图带我去" icon="map" tone="secondary" onPress={() => leadTo(destination)} />
          </View>
        )}
      </View>
    </Card>
  )
}
