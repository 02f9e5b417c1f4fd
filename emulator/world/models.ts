/** Device models per platform. Real traces often have an empty model. */
const MODELS: readonly (readonly string[])[] = [
  [''],
  ['', 'iPhone14,5', 'iPhone15,2', 'iPhone16,1'],
  ['', 'Redmi K70', '23127PN0CC', 'POCO F6'],
  ['', 'ALN-AL00', 'BRA-AL00', 'LNA-AL00'],
  ['', 'Pixel 8', 'SM-S9210', 'SM-A5460'],
  ['', 'MEIZU 21', 'MEIZU 20'],
  ['', 'PHZ110', 'PJZ110', 'RMX3888'],
  ['', 'V2309A', 'V2324A', 'I2301'],
  ['', 'PGT-AN10', 'BVL-AN00'],
]
const IOS = ['17.6.1', '18.2', '26.0.1']
const ANDROID = ['', '12', '13', '14', '15']
const SDKS = ['7.9.5680', '8.0.6897', '8.1.6129', '8.4.6675']

export interface DeviceDescription {
  model: string
  system: string
  systemVersion: string
  sdk: string
}

/** Describes a device. `trait(n)` returns the device's n-th number. */
export function describeDevice(platform: number, trait: (n: number) => number): DeviceDescription {
  const pick = (list: readonly string[], n: number) => list[trait(n) % list.length] ?? ''
  const ios = platform === 1
  return {
    model: pick(MODELS[platform] ?? [''], 10),
    system: ios ? 'iOS' : 'Android',
    systemVersion: pick(ios ? IOS : ANDROID, 11),
    sdk: pick(SDKS, 12),
  }
}
