import { vendorNames } from '@/components/report/vendor'
import { KNOWN_VENDORS } from '@/lib/contract/vendors'
import { Group, Problem, Radio } from './fields'
import type { ScopeProps } from './scope-fields'

/** Which vendors a link shows. */
export function VendorFields({ problems, scope, onScope, words }: ScopeProps) {
  const { t } = words
  const { vendors } = scope
  return (
    <Group legend={t('shares.dialog.vendors')}>
      <Radio name="vendors" checked={vendors === null} onChoose={() => onScope({ ...scope, vendors: null })}>
        {t('shares.dialog.allVendors')}
      </Radio>
      <Radio name="vendors" checked={vendors !== null} onChoose={() => onScope({ ...scope, vendors: vendors ?? [] })}>
        {t('shares.dialog.someVendors')}
      </Radio>
      {vendors !== null && (
        <div className="grid grid-cols-2 gap-x-3 ps-6">
          {KNOWN_VENDORS.map((vendor, i) => (
            <label key={vendor} className="flex min-h-7 items-center gap-2 text-13">
              <input
                type="checkbox"
                className="accent-accent"
                data-field={i === 0 ? 'vendors' : undefined}
                checked={vendors.includes(vendor)}
                onChange={({ target }) =>
                  onScope({
                    ...scope,
                    vendors: target.checked ? [...vendors, vendor] : vendors.filter((one) => one !== vendor),
                  })
                }
              />
              {vendorNames({ vendor, channel: 'offline' }, words).name}
            </label>
          ))}
        </div>
      )}
      <Problem field="vendors" problems={problems} words={words} />
    </Group>
  )
}
