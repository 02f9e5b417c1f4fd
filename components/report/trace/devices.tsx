import type { Words } from '@/components/i18n/words'
import type { DeviceReply } from '@/lib/contract/traces'
import { DeviceCard } from './device-card'
import { firstDifference, stepsOf } from './steps'

interface Props {
  devices: DeviceReply[]
  tz: string
  viewerZone: string | null
  words: Words
}

/** Renders devices side by side, with aligned stages and the first difference marked. */
export function Devices({ devices, tz, viewerZone, words }: Props) {
  const steps = devices.map(stepsOf)
  const differs = firstDifference(steps)
  return (
    <section aria-label={words.t('lookup.devices')}>
      <ul className="devices">
        {devices.map((device, i) => (
          <DeviceCard
            key={device.instance || i}
            device={device}
            steps={steps[i] ?? []}
            differs={differs}
            alone={devices.length === 1}
            tz={tz}
            viewerZone={viewerZone}
            words={words}
          />
        ))}
      </ul>
      <p className="px-1 text-13 text-second">{words.t('lookup.lastDevice')}</p>
    </section>
  )
}
