import {type AllSettingsDocument, definitions, type SettingName} from '../../../lib/settings.js'
import {table} from '../table.js'

/** Each setting as it applies, and what says so. */
export function renderSettings({settings, sources, file}: AllSettingsDocument): string {
  const names = Object.keys(definitions) as SettingName[]
  const rows = names.map((name) => [name, String(settings[name]) || '(none)', sources[name]])
  return `${table(['Setting', 'Value', 'From'], rows)}\n\nFile: ${file}`
}
