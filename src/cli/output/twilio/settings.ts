import type {AllSettingsDocument, SettingName, Settings} from '../../../lib/settings.js'
import {table} from '../table.js'

/** @param set those that were set on this machine */
export function renderSettings({settings}: AllSettingsDocument, set: Settings): string {
  const rows = Object.entries(settings).map(([name, value]) => [
    name,
    String(value),
    set[name as SettingName] === undefined ? 'default' : 'set here',
  ])
  return table(['Setting', 'Value', ''], rows)
}
