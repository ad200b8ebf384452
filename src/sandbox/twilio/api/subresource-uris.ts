/** The `subresource_uris` of an answer of the v2010 API: `paths` by their names in it. */
export function subresourceUris(base: string, paths: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, `${base}/${path}.json`]))
}
